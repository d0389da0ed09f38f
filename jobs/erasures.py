"""Erasing a person from tables that are too big for one request."""

from jobs.door import job
from models.db import transaction
from models.erasure import TABLES, Erasure


@job(queue="low", timeout=600)
def erase(erasure_id: int) -> None:
    """From every page of every table. A repeat, or a job for one that is done, finds nothing."""
    _forget_mails(erasure_id)
    for table in TABLES:
        _erase_from(table, erasure_id)
    _drop_files(erasure_id)
    with transaction() as tx:
        if erasure := tx.get(Erasure, erasure_id):
            erasure.email = ""


@job(queue="low", timeout=60)
def sweep_erasures() -> None:
    """Takes up those whose job is lost."""
    with transaction() as tx:
        ids = Erasure.open(tx)
    erase.later_each(ids)


def _drop_files(erasure_id: int) -> None:
    """One at a time, since each may have hundreds of pieces: last, when no table has anything for another."""
    goes_on = True
    while goes_on:
        with transaction() as tx:
            erasure = tx.get(Erasure, erasure_id)
            goes_on = bool(erasure and erasure.email and erasure.drop_file(tx))


def _forget_mails(erasure_id: int) -> None:
    goes_on = True
    while goes_on:
        with transaction() as tx:
            erasure = tx.get(Erasure, erasure_id)
            goes_on = bool(erasure and erasure.email and erasure.forget_mails(tx))


def _erase_from(table: str, erasure_id: int) -> None:
    after: int | None = 0
    while after is not None:
        with transaction() as tx:
            erasure = tx.get(Erasure, erasure_id)
            after = erasure.page(tx, table, after) if erasure and erasure.email else None
