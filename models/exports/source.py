"""What the rows of a file are. Another source is another class like this one, and its line in `sources.py`."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy.orm import Session

from models.exports.export import Export


class Line(NamedTuple):
    """A row of a file, and what it is found by: the next page begins behind it."""

    key: Any
    cells: Sequence[object]


class Source(Protocol):
    word: str

    def total(self, tx: Session, export: Export) -> int:
        """How many rows it is going to have, about."""

    def columns(self, tx: Session, export: Export) -> Sequence[str]: ...

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        """The rows behind `export.after`, which is 0 in the beginning, by a key that never changes: `most` at most,
        and none only when there are no more."""
