"""Whom a segment's text finds at this moment, for a page: in words, how many, some of them and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.contact import Contact
from models.segments import pinning
from models.segments.misread import Misread
from models.segments.people import People
from models.segments.words import words
from web.visitor import here

SHOWN = 20


@dataclass(frozen=True)
class Found:
    """`misread` says what is wrong with the text; then nobody is found."""

    misread: Misread | None = None
    words: str = ""
    count: int = 0
    people: Sequence[Contact] = ()
    reasons: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, tx: Session, query: str, people: int = SHOWN) -> "Found":
        try:
            condition = pinning.read(tx, here(), query)
        except Misread as problem:
            return cls(misread=problem)
        names = pinning.names(tx, here(), condition)
        who = People.who(tx, here(), condition)
        some = who.page(tx, size=people) if people else ()
        return cls(None, words(condition, names), who.count(tx), some, who.reasons(tx, some, names) if some else {})
