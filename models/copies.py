"""The copies of an edition, which are its deliveries, brought after it page by page.

An edition for a million changes its state in a moment; so many rows change within neither a request nor a statement.
Each call takes the next page, is a transaction of its own, and can be repeated.
"""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import clock
from models.edition import Edition, State
from models.rest import STILL_WANTED

PAGE = 5_000


def cancel(tx: Session, edition_id: int, after: int = 0) -> int | None:
    """Cancels a page of what waits of a canceled edition, from behind the delivery `after`.

    Returns the last delivery of the page, or None when there was none.
    """
    canceled = select(Edition.id).filter_by(id=edition_id, state=State.CANCELED)
    if tx.scalar(canceled.with_for_update(read=True)) is None:
        return None
    return tx.scalar(_CANCEL, {"edition": edition_id, "after": after, "now": clock.now(), "page": PAGE})


def queue_again(tx: Session, edition_id: int, after: str = "") -> str | None:
    """Queues a page of those to whom an edition is sent once more, from behind the recipient `after`.

    Returns the last recipient of the page, or None when there was nobody: then nothing is awaited any more. Those of
    whom it is known only since it was asked for that they did not get it stay as they are.
    """
    edition = tx.get(Edition, edition_id, with_for_update=True)
    if edition is None or not edition.awaits_rest:
        return None
    values = {"edition": edition_id, "since": edition.rest_at, "after": after, "now": clock.now(), "page": PAGE}
    last = tx.scalar(_QUEUE_AGAIN, values)
    if last is None:
        edition.rest_queued_at = clock.now()
    return last


_CANCEL = text("""
    with page as (
        select id from deliveries
        where state = 'queued' and kind = 'edition' and source_id = :edition and id > :after
        order by id limit :page for update skip locked
    ), canceled as (
        update deliveries d set state = 'canceled', reason = 'the edition was canceled', settled_at = :now
        from page where d.id = page.id
    )
    select max(id) from page
""")

_QUEUE_AGAIN = text(f"""
    with page as (
        select id, recipient from deliveries
        where kind = 'edition' and source_id = :edition and state in ('failed', 'canceled', 'bounced')
          and coalesce(settled_at, created_at) <= :since and recipient > :after
        order by recipient limit :page for update
    ), queued as (
        update deliveries d
        set state = 'queued', reason = '', due_at = :now, settled_at = null, attempts = 0
        from page, editions e
        where d.id = page.id and e.id = :edition and {STILL_WANTED}
    )
    select max(recipient) from page
""")  # noqa: S608  (a constant)
