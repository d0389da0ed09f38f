"""What became of an edition once it had arrived: who opened it, what they clicked, and whether that was a person.

The raw events of a delivery are judged together (`judging`), and what comes of it is one row for its opens, one for its
clicks and one for each link (`trace`). So a repeat, or another order, changes nothing. Editions are read from sums that
the database keeps as rows change (`tally`, `growth`), and never by counting a million copies.
"""
