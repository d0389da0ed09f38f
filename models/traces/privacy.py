"""A newsletter that tracks, and one that does not any more: then what people did is erased, and sums stay.

Whether a letter is tracked is settled when its edition is published. An edition that was tracked while its newsletter
stops tracking is `erasing` until nothing is left of it but its sums, then `erased`.
"""

from datetime import timedelta

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from models import clock
from models.edition import Edition
from models.publication import Publication

PAGE = 2_000
CERTAIN = timedelta(minutes=2)  # longer than a transaction that still took the newsletter for one that tracks


def track(publication: Publication) -> None:
    """From the next edition that is published."""
    publication.tracks = True


def stop(tx: Session, publication: Publication) -> list[int]:
    """Nothing more is taken in from now on; returns the editions whose traces are to be erased, by `erase`."""
    publication.tracks = False
    mine = update(Edition).filter_by(publication_id=publication.id, tracking="on")
    return sorted(tx.scalars(mine.values(tracking="erasing", erasing_since=clock.now()).returning(Edition.id)))


def erase(tx: Session, edition_id: int, after: str = "") -> str | None:
    """Erases the traces of a page of copies, from behind the recipient `after`; the last of the page, or None."""
    return tx.scalar(_ERASE, {"edition": edition_id, "after": after, "page": PAGE})


def halfway(tx: Session) -> list[int]:
    """Editions of which something is left to erase, after those that are done have been marked."""
    now = clock.now()
    tx.execute(_DONE, {"certain": now - CERTAIN})
    return list(tx.scalars(_HALFWAY, {"overdue": now - timedelta(minutes=1)}))


_ERASE = text("""
    with page as (
        select id, recipient from deliveries
        where kind = 'edition' and source_id = :edition and recipient > :after order by recipient limit :page
    ), erased as (
        delete from traces t using page, editions e
        where t.delivery_id = page.id and e.id = :edition and e.tracking = 'erasing'
    ), blank as (
        update delivery_events v set payload = '{}', delivery_id = null from page, editions e
        where v.delivery_id = page.id and v.type in ('Open', 'Click') and e.id = :edition and e.tracking = 'erasing'
    )
    select max(recipient) from page
""")
_DONE = text("""
    update editions e set tracking = 'erased'
    where tracking = 'erasing' and erasing_since < :certain
      and not exists (select from traces t where t.edition_id = e.id)
""")
_HALFWAY = text("select id from editions where tracking = 'erasing' and erasing_since < :overdue order by id")
