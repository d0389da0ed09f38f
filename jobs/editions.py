"""Editions on their way to their subscribers."""

from jobs.deliveries import feed
from jobs.door import job
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
def finish_editions() -> None:
    """Ends what has no open deliveries left, and takes up what was published but lost its job."""
    with transaction() as tx:
        Edition.finish(tx)
        waiting = Edition.waiting(tx)
    address_edition.later_each(waiting)
