"""A year as two fields of days, side by side or one above the other: a column is a week, the darker the more."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

CELL, STEP = 10, 12  # units of a square, and from one to the next
LEVELS = 4
WEEKS = 28  # columns of half a year, at most
BELOW = 17  # units for the names of months


class Cell(NamedTuple):
    x: int
    y: int
    level: int
    about: str


class Half(NamedTuple):
    """Half a year; `names` are its months, each with where it begins."""

    title: str
    cells: list[Cell]
    names: list[tuple[int, str]]


class Heat(NamedTuple):
    """`counts` of the days of a `year`; days that are not in it have none."""

    title: str
    year: int
    counts: Mapping[date, int]
    unit: str = "entries"

    @property
    def width(self) -> int:
        return (WEEKS - 1) * STEP + CELL

    @property
    def height(self) -> int:
        return 6 * STEP + CELL + BELOW

    @property
    def about(self) -> str:
        return f"{sum(self.counts.values()):,} {self.unit} on {len(self.counts):,} days of {self.year}"

    def halves(self) -> list[Half]:
        return [
            self._half(date(self.year, 1, 1), date(self.year, 7, 1)),
            self._half(date(self.year, 7, 1), date(self.year + 1, 1, 1)),
        ]

    def months(self) -> list[tuple[str, int, int]]:
        """`[(month, days with something, their sum)]`, for the table."""
        return [self._month(month) for month in range(1, 13)]

    def _month(self, month: int) -> tuple[str, int, int]:
        found = [count for day, count in self.counts.items() if day.month == month]
        return f"{date(self.year, month, 1):%B}", len(found), sum(found)

    def _half(self, first: date, end: date) -> Half:
        """Every day of it; Mondays are on top."""
        days = [first + timedelta(days=n) for n in range((end - first).days)]
        names = [(_column(first, day) * STEP, f"{day:%b}") for day in days if day.day == 1]
        return Half(f"{self.title}, {first:%B} to {days[-1]:%B}", [self._cell(first, day) for day in days], names)

    def _cell(self, first: date, day: date) -> Cell:
        count, most = self.counts.get(day, 0), max(self.counts.values(), default=1)
        level = -(-count * LEVELS // most)
        return Cell(_column(first, day) * STEP, day.weekday() * STEP, level, f"{day:%-d %B}: {count}")


def _column(first: date, day: date) -> int:
    return (first.weekday() + (day - first).days) // 7
