"""What became of editions: sums kept short; what people did, erased where nobody counts it any more."""

from jobs.door import job
from models.db import transaction
from models.traces import privacy
from models.traces.growth import Growth
from models.traces.tally import Tally


@job(queue="low", timeout=120)
def fold_tallies() -> None:
    """Few rows of sums where there were many. A repeat does nothing."""
    with transaction() as tx:
        Tally.fold(tx)
        Growth.fold(tx)


@job(queue="low", timeout=120)
def erase_traces(edition_id: int, after: str = "") -> None:
    """Erases what people did with an edition, a page at a time. A repeat does nothing."""
    with transaction() as tx:
        last = privacy.erase(tx, edition_id, after)
    if last is not None:
        erase_traces.later(edition_id, last)


@job(queue="low", timeout=120)
def sweep_tracking() -> None:
    """Takes up what was to be erased and lost its job."""
    with transaction() as tx:
        ids = privacy.halfway(tx)
    erase_traces.later_each(ids)
