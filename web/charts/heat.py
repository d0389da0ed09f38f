"""A year as a field of days: a column is a week, the darker the more."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

CELL, STEP = 10, 12  # units of a square, and from one to the next
LEVELS = 4


class Cell(NamedTuple):
    x: int
    y: int
    level: int
    about: str


class Heat(NamedTuple):
    """`counts` of the days of a `year`; days that are not in it have none."""

    title: str
    year: int
    counts: Mapping[date, int]
    unit: str = "entries"

    @property
    def width(self) -> int:
        return self._column(date(self.year, 12, 31)) * STEP + CELL

    @property
    def height(self) -> int:
        return 6 * STEP + CELL

    @property
    def about(self) -> str:
        return f"{sum(self.counts.values()):,} {self.unit} on {len(self.counts):,} days of {self.year}"

    def cells(self) -> list[Cell]:
        """Of every day, from the first of January; Mondays are on top."""
        first = date(self.year, 1, 1)
        days = [first + timedelta(days=n) for n in range((date(self.year + 1, 1, 1) - first).days)]
        most = max(self.counts.values(), default=1)
        return [self._cell(day, self.counts.get(day, 0), most) for day in days]

    def months(self) -> list[tuple[str, int, int]]:
        """`[(month, days with something, their sum)]`, for the table."""
        return [self._month(month) for month in range(1, 13)]

    def _month(self, month: int) -> tuple[str, int, int]:
        found = [count for day, count in self.counts.items() if day.month == month]
        return f"{date(self.year, month, 1):%B}", len(found), sum(found)

    def _cell(self, day: date, count: int, most: int) -> Cell:
        level = -(-count * LEVELS // most)
        return Cell(self._column(day) * STEP, day.weekday() * STEP, level, f"{day:%-d %B}: {count}")

    def _column(self, day: date) -> int:
        first = date(self.year, 1, 1)
        return (first.weekday() + (day - first).days) // 7
