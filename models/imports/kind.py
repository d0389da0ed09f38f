"""What the rows of a file are. Another kind is another class like this one, and its line in `kinds.py`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy.orm import Session

from models.imports.decision import Decision, Done, Return
from models.imports.file import Import


class Field(NamedTuple):
    """Something that a column may be, or several at once.

    known_as: how people name such a column, in lower case without signs.
    """

    word: str
    label: str
    known_as: tuple[str, ...]
    required: bool = False
    several: bool = False


class Kind(Protocol):
    word: str
    label: str
    fields: tuple[Field, ...]

    def read(self, given: Mapping[str, str], imported: Import) -> Any:
        """What a row says, from `{field: cell}`. Raises `Unreadable`."""

    def key(self, item: Any) -> str:
        """Whom it is about, in one form: of two rows about the same, only the first counts."""

    def decide(self, tx: Session, imported: Import, items: Mapping[int, Any]) -> dict[int, Decision]:
        """What is to become of `{number: item}`, as things are now. Changes nothing: a dry run asks here too."""

    def carry_out(self, tx: Session, imported: Import, decided: Mapping[int, Decision]) -> Iterable[int]:
        """Does it, and completes the decisions; returns the numbers of those that somebody else did meanwhile."""

    def invite(self, tx: Session, imported: Import, decided: Iterable[Decision]) -> dict[str, list[int]]:
        """Addresses the mails that follow: `{kind of mail: ids of deliveries}`."""

    def take_back(self, tx: Session, imported: Import, done: Sequence[Done]) -> dict[int, Return]:
        """What those rows did goes back, `{id of the row: what stays, and why}`: a value only while it is still the one
        that the row gave, what a row has made only while nobody has touched it. Nobody's words are ever deleted.
        """
