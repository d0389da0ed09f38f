"""Single addresses that somebody asked about."""

from jobs.door import job
from jobs.verifying import verify
from models.db import transaction
from models.verifying.verification import Verification


@job(queue="default", timeout=120)
def verify_address(number: int) -> None:
    """Finds out about one. What there was no time to ask about is left to the sweep; a repeat does nothing."""
    with transaction() as tx:
        asked = Verification.waiting(tx, number)
    if asked is None:
        return
    found = verify(asked.workspace_id, [asked.address])
    if finding := found.get(asked.address):
        with transaction() as tx:
            Verification.settle(tx, number, finding)


@job(queue="default", timeout=60)
def sweep_verifications() -> None:
    """Takes up whatever lost its job, and drops what has been kept long enough."""
    with transaction() as tx:
        Verification.forget(tx)
        stuck = Verification.stuck(tx)
    verify_address.later_each(stuck)
