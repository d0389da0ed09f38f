"""Imports undone: each row is a job again, many of them done together."""

from collections.abc import Sequence

from jobs.chunks import done
from jobs.door import job, queue_named
from jobs.modest import modest_transaction
from jobs.rows import CHUNK, PAGE, feed
from models.db import transaction
from models.imports import undoing
from models.imports.decision import Return
from models.imports.file import Import, State
from models.imports.tally import Tally


@job(queue="low", timeout=120)
def feed_undo(import_id: int, after: int = 0) -> None:
    """Enqueues a page of the rows that are to be taken back, and itself in the middle of the page."""
    with transaction() as tx:
        imported = tx.get(Import, import_id)
        goes_on = imported is not None and imported.state == State.UNDOING
        ids = undoing.waiting(tx, import_id, after, PAGE) if goes_on else []
    feed(ids, undo_row, lambda last: feed_undo.later(import_id, last))


@job(queue="low", timeout=120, chunk=CHUNK)
def undo_row(ids: list[int]) -> list[BaseException | None]:
    """Takes back what rows did. A repeat, or a job for a row that has been taken back, does nothing.

    Rows that were fetched together are one transaction. Where one of them cannot be taken back, each has its own.
    """
    return done(undo_row, ids, _undo, _keep)


@job(queue="default", timeout=60)
def sweep_undoing() -> None:
    """Takes up what lost its jobs half-way. What has nothing left to take back is ended by the sweep of imports."""
    with transaction() as tx:
        going = Tally.quiet(tx, Import.going(tx, State.UNDOING))
    if queue_named("low").count < PAGE // 10:
        feed_undo.later_each(going)


def _undo(ids: Sequence[int]) -> None:
    with modest_transaction() as tx:
        undoing.undo(tx, ids)


def _keep(number: int, problem: str) -> None:
    with transaction() as tx:
        undoing.settle(tx, {number: Return(kept=[problem])})
