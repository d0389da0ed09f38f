"""Charts, drawn on the server: their geometry here, their SVG and the table behind it in `_charts.html`.

A chart is stretched to the width there is, and so has no text in it: its axes are words beside it, its colours are
those of the stylesheet. Nothing here knows what is counted.
"""
