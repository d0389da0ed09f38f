"""Axes: a round number above all values, and a few places with words."""

from collections.abc import Iterable, Sequence

STEPS = (2, 4, 6, 8, 10)


def top(values: Iterable[int]) -> int:
    """The least even number of one digit and noughts that none of them exceeds; at least 2, so that half is whole."""
    highest = max(values, default=0)
    magnitude = 10 ** max(0, len(str(highest)) - 1)
    return next(step * magnitude for step in STEPS if step * magnitude >= highest)


def words(labels: Sequence[str], most: int) -> list[str]:
    """Some of the labels, from the first to the last, as far apart as they can be."""
    if len(labels) <= most:
        return [*labels]
    last, gaps = len(labels) - 1, most - 1
    return [labels[round(place * last / gaps)] for place in range(most)]


def short(number: int) -> str:
    """As an axis says it: 1,500 as `1.5k`."""
    for size, unit in ((1_000_000, "m"), (1_000, "k")):
        if number >= size:
            return f"{number / size:g}{unit}"
    return str(number)
