"""Lines over time: some series of counts, on one axis from nought."""

from collections.abc import Sequence
from typing import NamedTuple

from web.charts import scale

WIDTH, HEIGHT = 1000, 300  # of the drawing, which is stretched to its place
PLACES = 5  # labels under it
DOTS = 30  # so many values at most are told apart


class Series(NamedTuple):
    """Values from the first label on; there may be fewer than labels, when the rest has not happened yet.

    None is where nobody counted: the line has a gap there.
    """

    name: str
    values: Sequence[int | None]

    @property
    def points(self) -> list[tuple[int, int]]:
        """`(place, value)` of those that there are."""
        return [(place, value) for place, value in enumerate(self.values) if value is not None]


class Lines(NamedTuple):
    """`title` and `about` are for those who hear the page; `labels` stand in the table, `places` under the chart."""

    title: str
    about: str
    labels: Sequence[str]
    series: Sequence[Series]
    places: Sequence[str] = ()
    is_filled: bool = False  # under the first line

    @property
    def is_empty(self) -> bool:
        return not any(any(series.values) for series in self.series)

    @property
    def axis(self) -> list[str]:
        """From above."""
        return [scale.short(number) for number in (self._top, self._top // 2, 0)]

    @property
    def below(self) -> list[str]:
        return scale.words(self.places or self.labels, PLACES)

    def path(self, series: Series) -> str:
        """Its line, as SVG has it."""
        known = dict(series.points)
        return " ".join(
            f"{'L' if place - 1 in known else 'M'}{self._x(place):g} {self._y(value):g}"
            for place, value in known.items()
        )

    def dots(self, series: Series) -> str:
        """A point for each value, where those are few enough to be told apart."""
        if len(self.labels) > DOTS:
            return ""
        return " ".join(f"M{self._x(place):g} {self._y(value):g}h0" for place, value in series.points)

    def area(self, series: Series) -> str:
        """What is under its line, if that has no gaps."""
        if len(series.points) < 2 or len(series.points) < len(series.values):
            return ""
        end = self._x(len(series.values) - 1)
        return f"{self.path(series)} L{end:g} {HEIGHT} L{self._x(0):g} {HEIGHT}Z"

    def rows(self) -> list[tuple[str, list[int | None]]]:
        """The table: a label, and the value of each series, if it has one."""
        return [
            (label, [series.values[place] if place < len(series.values) else None for series in self.series])
            for place, label in enumerate(self.labels)
        ]

    @property
    def _top(self) -> int:
        return scale.top(value for series in self.series for _, value in series.points)

    def _x(self, place: int) -> float:
        return round(place * WIDTH / (len(self.labels) - 1), 1) if len(self.labels) > 1 else WIDTH / 2

    def _y(self, value: int) -> float:
        return round(HEIGHT - value * HEIGHT / self._top, 1)
