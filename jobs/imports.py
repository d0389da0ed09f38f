"""Imports: a file becomes rows, and each row is a job of its own, many of them done together."""

from collections.abc import Sequence
from time import monotonic

from sqlalchemy import delete

from jobs.chunks import done
from jobs.deliveries import nudge
from jobs.door import job, queue_named
from jobs.modest import modest_transaction
from jobs.processing import give_up, process
from jobs.rows import CHUNK, PAGE, feed
from models.db import transaction
from models.imports import reading
from models.imports.decision import Decision, Outcome
from models.imports.file import Import, State
from models.imports.row import ImportRow
from models.imports.tally import Tally
from models.imports.work import work
from models.verifying.mail_domain import MailDomain

READS_FOR = 10.0  # seconds; then another job goes on, so that a deploy never waits for one


@job(queue="low", timeout=300)
def read_import(import_id: int, version: int) -> None:
    """Stores the rows of a file with what is expected of each, from behind what is stored. A repeat does nothing.

    One that is to run at once is fed its first page.
    """
    began, until = monotonic(), 0.0
    for _ in reading.pages(import_id, version):
        until = until or _enough(began)
        if monotonic() > until:
            read_import.later(import_id, version)
            return
    feed_import(import_id)


@job(queue="low", timeout=120)
def feed_import(import_id: int, after: int = 0) -> None:
    """Enqueues a page of the rows that are pending, and itself in the middle of the page."""
    with transaction() as tx:
        imported = tx.get(Import, import_id)
        running = imported is not None and imported.state == State.RUNNING
        ids = ImportRow.pending(tx, import_id, after, PAGE) if running else []
        first = process_row if imported and imported.processes else import_row
    feed(ids, first, lambda last: feed_import.later(import_id, last))


@job(queue="low", timeout=120, chunk=CHUNK)
def process_row(ids: list[int]) -> list[BaseException | None]:
    """Finds out what is to be known of rows before they are done, with no transaction open; then they are.

    A repeat does nothing but that. Where one of them cannot be processed, each is by itself.
    """
    return done(process_row, ids, _process, _go_on_without)


@job(queue="low", timeout=120, chunk=CHUNK)
def import_row(ids: list[int]) -> list[BaseException | None]:
    """Does what rows say that are still pending. A repeat, or a job for a row long settled, does nothing.

    Rows that were fetched together are one transaction. Where one of them cannot be done, each has its own.
    """
    return done(import_row, ids, _work, _fail)


@job(queue="low", timeout=120)
def cancel_rows(import_id: int) -> None:
    """Cancels what is pending of a canceled import, a page at a time. A repeat does nothing."""
    with transaction() as tx:
        count = ImportRow.cancel(tx, import_id)
    if count:
        cancel_rows.later(import_id)


@job(queue="low", timeout=120)
def forget_import(import_id: int) -> None:
    """Drops what nobody has run, its rows by the page and then itself. A repeat does nothing."""
    with transaction() as tx:
        count = ImportRow.drop(tx, import_id)
        if not count:
            tx.execute(delete(Import).where(Import.id == import_id))
    if count:
        forget_import.later(import_id)


@job(queue="default", timeout=60)
def sweep_imports() -> None:
    """Ends what has no pending rows left, drops what is never run, takes up whatever lost its job half-way.

    What moves has its next page coming: another one would do every row's job twice from then on.
    """
    with transaction() as tx:
        Import.finish(tx)
        forgotten = Import.forget(tx)
        Tally.fold(tx)
        MailDomain.forget(tx)
        stuck = Import.stuck(tx)
        running, canceled = (Import.going(tx, state) for state in (State.RUNNING, State.CANCELED))
        running = Tally.quiet(tx, running)
    read_import.later_each(stuck)
    forget_import.later_each(forgotten)
    cancel_rows.later_each(canceled)
    if queue_named("low").count < PAGE // 10:
        feed_import.later_each(running)


def _enough(began: float) -> float:
    """Coming to the first page takes a while in a large file: what is read then takes as long, or little is gained."""
    now = monotonic()
    return now + max(READS_FOR, now - began)


def _process(ids: Sequence[int]) -> None:
    late = process(ids)
    import_row.later_each(sorted(set(ids) - set(late)))
    process_row.later_each(late)


def _go_on_without(number: int, problem: str) -> None:
    give_up(number, problem)
    import_row.later(number)


def _work(ids: Sequence[int]) -> None:
    with modest_transaction() as tx:
        claimed = ImportRow.claim(tx, ids)
        mails = work(tx, claimed) if claimed else {}
    for kind, deliveries in mails.items():
        nudge(kind, deliveries)


def _fail(number: int, problem: str) -> None:
    with transaction() as tx:
        if ImportRow.claim(tx, [number]):
            ImportRow.settle(tx, {number: Decision(Outcome.FAILED, problem)})
