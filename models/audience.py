"""Who gets an edition: whoever subscribes to its publication, or of them only those whom its writers chose.

This is the one place that says so in SQL: whom an edition's page counts is whom it is addressed to.
"""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.publication import Publication
from models.subscription import LISTENS


class Side(StrEnum):
    """Which of the subscribers: all of them, those on a list, or those who are not on it."""

    ALL = ""
    ON = "on"
    OFF = "off"


class Audience(NamedTuple):
    subscribers: int
    readers: int  # of them, who are chosen: a delivery for each
    suppressed: int  # of the readers, who are not mailed

    @property
    def left_out(self) -> int:
        """Who subscribes, and is not chosen."""
        return self.subscribers - self.readers

    @classmethod
    def of(cls, tx: Session, edition_id: int, publication: Publication, side: str) -> "Audience":
        """As it would be now."""
        values = {"edition": edition_id, "stream": settings.broadcast_stream, "now": clock.now()}
        subscribers = publication.subscribers(tx)
        readers, suppressed = _counts(Side(side))
        found = (tx.scalar(readers, values) or 0) if side else subscribers
        return cls(subscribers, found, tx.scalar(suppressed, values) or 0)


def tables(side: str) -> str:
    """An edition `e` with the subscriptions `s` of its publication; `chosen` says which of them are its readers'."""
    return _SUBSCRIBED + (_LISTED if side else "")


def chosen(side: str) -> str:
    """The condition: those of the edition `:edition`, and of this side. A list that is gone chooses nobody."""
    return f"e.id = :edition{_CHOSEN[Side(side)]}"


_SUBSCRIBED = f"editions e join subscriptions s on s.publication_id = e.publication_id and {LISTENS}"
_LISTED = " join lists l on l.id = e.list_id and l.deleted_at is null"
_ON = "exists (select from list_members m where m.list_id = l.id and m.contact_id = s.contact_id)"
_CHOSEN = {Side.ALL: "", Side.ON: f" and {_ON}", Side.OFF: f" and not {_ON}"}


@cache
def _counts(side: Side) -> tuple[TextClause, TextClause]:
    """Two statements, since each has a plan of its own: many read, and few of them are suppressed."""
    readers = f"select count(*) from {tables(side)} where {chosen(side)}"  # noqa: S608  (constants)
    return text(readers), text(f"{readers} and {_SUPPRESSED}")


_SUPPRESSED = """s.contact_id in (
    select c.id from suppressions x join contacts c on c.workspace_id = x.workspace_id and c.email = x.email
    where x.workspace_id = e.workspace_id and x.stream = :stream and x.lifted_at is null
)"""
