"""Editions on their way to their subscribers."""

from sqlalchemy.orm import Session

from emails import personal
from emails.writing import drafts
from emails.writing.draft import Unwritable
from jobs.deliveries import feed, hungry, nudge
from jobs.door import job
from models import (
    copies,
    freezing,  # noqa: F401  (which an edition asks for when it is addressed: the first one waits for nothing)
    open_editions,
)
from models.db import transaction
from models.edition import Edition, State
from models.setback import Setback


@job(queue="default", timeout=120)
def publish_scheduled(edition_id: int) -> None:
    """Publishes a scheduled edition at its moment, as it is written then. A repeat does nothing.

    Called a little earlier, it comes again at that moment. One that makes no letter becomes a draft again, and its
    people are told why.
    """
    with transaction() as tx:
        edition = tx.get(Edition, edition_id, with_for_update=True)
        wait = edition.wait if edition and edition.state == State.SCHEDULED else None
        told = _published(tx, edition) if edition and wait == 0 else []
    if wait:
        if wait < open_editions.NEAR.total_seconds():
            publish_scheduled.later_in(wait, edition_id)
    elif wait == 0:
        nudge("setback", told)
        address_edition(edition_id)


@job(queue="default", timeout=900)
def address_edition(edition_id: int) -> None:
    """Freezes the audience of a published edition when it is due, and sets it going. A repeat does nothing."""
    with transaction() as tx:
        edition = tx.get(Edition, edition_id)
        addressed = edition.address(tx) if edition else False
        wait = edition.wait if edition and edition.state == State.ADDRESSING else None
    if addressed:
        feed.later("mailers", queue="mailers")
    elif wait is not None:
        address_edition.later_in(wait, edition_id)


@job(queue="default", timeout=120)
def cancel_copies(edition_id: int, after: int = 0) -> None:
    """Cancels what waits of a canceled edition, a page at a time. A repeat does nothing."""
    with transaction() as tx:
        last = copies.cancel(tx, edition_id, after)
    if last is not None:
        cancel_copies.later(edition_id, last)


@job(queue="default", timeout=120)
def queue_the_rest(edition_id: int, after: str = "") -> None:
    """Queues those to whom an edition is sent again, a page at a time, and sets them going. A repeat does nothing."""
    with transaction() as tx:
        last = copies.queue_again(tx, edition_id, after)
    if last is not None:
        queue_the_rest.later(edition_id, last)
    if "mailers" in hungry():
        feed.later("mailers", queue="mailers")


@job(queue="default", timeout=120)
def finish_editions() -> None:
    """Ends what has no open deliveries left, and takes up whatever is due or lost its job half-way."""
    with transaction() as tx:
        open_editions.finish(tx)
        scheduled, waiting = open_editions.scheduled(tx), open_editions.waiting(tx)
        canceled, resent = open_editions.half_canceled(tx), open_editions.half_resent(tx)
    publish_scheduled.later_each(scheduled)
    address_edition.later_each(waiting)
    cancel_copies.later_each(canceled)
    queue_the_rest.later_each(resent)


def _published(tx: Session, edition: Edition) -> list[int]:
    """The mails that say why not, where it could not be."""
    try:
        drafts.settle(tx, edition)
    except (Unwritable, personal.Unfillable) as problem:
        setback = Setback.begin(tx, edition, str(problem))
        return setback.tell(tx) if setback else []
    edition.publish(tx)
    return []
