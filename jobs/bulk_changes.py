"""What is done to everybody who was found goes by the page."""

from time import monotonic

from jobs.door import job
from models.bulk_change import BulkChange, step
from models.db import transaction

WORKS_FOR = 10.0  # seconds; then another job goes on, so that a deploy never waits for one


@job(queue="low", timeout=300)
def change_many(number: int) -> None:
    """From behind the last page that is done. A repeat does nothing."""
    until = monotonic() + WORKS_FOR
    while step(number):
        if monotonic() > until:
            change_many.later(number)
            return


@job(queue="default", timeout=60)
def sweep_bulk_changes() -> None:
    """Takes up whatever lost its job half-way, and forgets what can be undone no more."""
    with transaction() as tx:
        BulkChange.forget(tx)
        stuck = BulkChange.stuck(tx)
    change_many.later_each(stuck)
