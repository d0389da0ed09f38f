"""Files that people take away, made by the page."""

from time import monotonic

from jobs.door import job
from models.db import transaction
from models.exports import making
from models.exports.export import Export

MAKES_FOR = 10.0  # seconds; then another job goes on, so that a deploy never waits for one


@job(queue="low", timeout=300)
def make_export(export_id: int) -> None:
    """Goes on with a file from behind its last page. A repeat, or one too many, does nothing but that."""
    until = monotonic() + MAKES_FOR
    while making.step(export_id):
        if monotonic() > until:
            make_export.later(export_id)
            return


@job(queue="default", timeout=60)
def sweep_exports() -> None:
    """Takes up whatever lost its job half-way, and drops what has been kept long enough."""
    with transaction() as tx:
        Export.forget(tx)
        stuck = Export.stuck(tx)
    make_export.later_each(stuck)
