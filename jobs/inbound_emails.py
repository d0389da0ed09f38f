"""Received mail, understood."""

from jobs.chunks import done
from jobs.deliveries import nudge
from jobs.door import job
from jobs.taking import take
from models.db import transaction
from models.inbound_email import InboundEmail


@job(queue="high", timeout=60, chunk=50)
def understand(ids: list[int]) -> list[BaseException | None]:
    """Finds out what stored mails answer and records what they say. A repeat does nothing.

    Mails that were fetched together are one transaction. Where one of them cannot be taken, each has its own.
    """
    return done(understand, ids, _understand)


def _understand(ids: list[int]) -> None:
    with transaction() as tx:
        rows = InboundEmail.waiting(tx, ids)
        said = take(tx, rows) if rows else {}
    for kind, deliveries in said.items():
        nudge(kind, deliveries)
