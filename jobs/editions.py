"""Editions on their way to their subscribers."""

from jobs.deliveries import feed, hungry
from jobs.door import job
from models import copies
from models.db import transaction
from models.edition import Edition


@job(queue="default", timeout=900)
def address_edition(edition_id: int) -> None:
    """Freezes the audience of a published edition and sets it going. A repeat does nothing."""
    with transaction() as tx:
        edition = tx.get(Edition, edition_id)
        addressed = edition.address(tx) if edition else False
    if addressed:
        feed.later("mailers", queue="mailers")


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
    """Ends what has no open deliveries left, and takes up whatever lost its job half-way."""
    with transaction() as tx:
        Edition.finish(tx)
        waiting, canceled, resent = Edition.waiting(tx), Edition.half_canceled(tx), Edition.half_resent(tx)
    address_edition.later_each(waiting)
    cancel_copies.later_each(canceled)
    queue_the_rest.later_each(resent)
