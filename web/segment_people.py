"""Whom a segment's text finds at this moment, for a page: in words, how many, some of them and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.contact import Contact
from models.segments import pinning
from models.segments.misread import Misread
from models.segments.people import People
from models.segments.words import words
from web.listing import Listing, Sort, by_number
from web.visitor import here

SHOWN = 20
SORTS = {**by_number(Contact.id), "address": Sort("by address", (Contact.email,))}


@dataclass(frozen=True)
class Found:
    """`misread` says what is wrong with the text; then nobody is found."""

    misread: Misread | None = None
    words: str = ""
    count: int = 0
    people: Sequence[Contact] = ()
    reasons: dict[int, list[str]] = field(default_factory=dict)
    listing: Listing[Contact] | None = None  # where all of them are shown, by the page

    @classmethod
    def of(cls, tx: Session, query: str, *, paged: bool = False) -> "Found":
        try:
            condition = pinning.read(tx, here(), query)
        except Misread as problem:
            return cls(misread=problem)
        names = pinning.names(tx, here(), condition)
        who = People.who(tx, here(), condition)
        pages: Listing[Contact] | None = Listing.of(tx, who.found, SORTS) if paged else None
        some = pages.rows if pages else who.page(tx, size=SHOWN)
        reasons = who.reasons(tx, some, names) if some else {}
        return cls(None, words(condition, names), who.count(tx), some, reasons, pages)
