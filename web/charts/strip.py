"""One whole in its parts, side by side."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 1000


class Part(NamedTuple):
    name: str
    size: int


class Strip(NamedTuple):
    """Parts of a whole; what is left of it stays empty."""

    title: str
    parts: Sequence[Part]
    whole: int

    @property
    def about(self) -> str:
        return ", ".join(f"{part.size:,} {part.name}" for part in self.parts) + f" of {self.whole:,}"

    def places(self) -> list[tuple[float, float]]:
        """Where each part begins, and how wide it is, of `WIDTH`."""
        found, start = [], 0.0
        for part in self.parts:
            width = round(part.size * WIDTH / self.whole, 1) if self.whole else 0.0
            found.append((start, width))
            start = round(start + width, 1)
        return found
