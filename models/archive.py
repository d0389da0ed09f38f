"""Past editions of a publication: who may read them, which there are, and those that have some words in them.

An edition is there once all of its copies have gone out; sent again to the rest, or to late joiners, it stays.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import token
from models.edition import Edition, State
from models.publication import Publication
from models.subscription import Subscription

LONGEST = 200  # characters of what is searched for
PAGE = 20
READER = "reader"  # what the link of a subscription is sealed for

_WORD = re.compile(r"\w+")


class Readers(StrEnum):
    """Who may read; an edition may say it otherwise than its publication."""

    NOBODY = "nobody"
    SUBSCRIBERS = "subscribers"
    EVERYBODY = "everybody"


def readers(publication: Publication, edition: Edition) -> Readers:
    """Who may read it without a link from a mail of theirs. Where there is no archive, it is in none."""
    there = Readers(publication.archive or Readers.NOBODY) if publication.slug else Readers.NOBODY
    return there if there == Readers.NOBODY else Readers(edition.shown_to or there)


def has_gone_out(edition: Edition) -> bool:
    """Whether somebody may have got it, and so a link to it."""
    goes_out = edition.state in (State.SENDING, State.PAUSED, State.SENT)
    return goes_out or (edition.state == State.ADDRESSING and edition.addressed_at is not None)  # to late joiners


def published(tx: Session, slug: str) -> Publication | None:
    """The publication with an archive at this address."""
    shown = Publication.archive != Readers.NOBODY
    return tx.scalar(select(Publication).filter_by(slug=slug).where(shown))


def reader(tx: Session, sealed: str) -> Subscription | None:
    """Whose link it is, also when they have left."""
    number = token.opened(READER, sealed)
    return tx.get(Subscription, number) if number else None


def listed(
    tx: Session, publication: Publication, *, words: str = "", before: int = 0, shown_to: Sequence[Readers] = ()
) -> list[Edition]:
    """A page of them and one more if there are more, newest first.

    words: all of which begin a word of the subject or the text; before: the id of the last that has been seen;
    shown_to: those who must be allowed to read them, if not all who may read anything.
    """
    wanted = [*(shown_to or (Readers.EVERYBODY, Readers.SUBSCRIBERS))]
    values = {"publication": publication.id, "usual": _usual(publication), "wanted": wanted, "limit": PAGE + 1}
    asked = _query(words) if words else ""
    if words and not asked:
        return []
    found = text(_LISTED + (_BELOW if before else "") + (_FOUND if asked else "") + _NEWEST)
    rows = select(Edition).from_statement(found.bindparams(**values))
    given = {"before": before} if before else {}
    return list(tx.scalars(rows, given | ({"words": asked} if asked else {})))


def _usual(publication: Publication) -> str:
    """What holds where an edition says nothing. Readers who come with a link see what subscribers see."""
    archive = Readers(publication.archive)
    return Readers.SUBSCRIBERS if archive == Readers.NOBODY or not publication.slug else archive


def _query(words: str) -> str:
    """Every word as the beginning of one: no grammar of PostgreSQL's, so nothing that is typed is an error."""
    return " & ".join(f"{word}:*" for word in _WORD.findall(words[:LONGEST]))


_LISTED = """
    select e.* from editions e
    where e.publication_id = :publication and e.published_at is not null
      and (e.state = 'sent'
           or (coalesce(e.archived_at, e.rest_at) is not null and e.state in ('addressing', 'sending', 'paused')))
      and coalesce(nullif(e.shown_to, ''), :usual) = any(:wanted)
"""
_BELOW = """
      and (e.published_at, e.id) < (select published_at, id from editions
                                    where id = :before and publication_id = :publication)
"""
_FOUND = """
      and to_tsvector('simple', e.subject || ' ' || left(e.text, 100000)) @@ to_tsquery('simple', :words)
"""
_NEWEST = " order by e.published_at desc, e.id desc limit :limit"
