"""Erasing a person from tables that are too big for one request."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from jobs.door import job
from models.db import transaction
from models.erasure import TABLES, Erasure


@job(queue="low", timeout=600)
def erase(erasure_id: int) -> None:
    """From every page of every table. A repeat, or a job for one that is done, finds nothing."""
    _by_steps(erasure_id, Erasure.forget_mails)
    for table in TABLES:
        _erase_from(table, erasure_id)
    _by_steps(erasure_id, Erasure.drop_file)  # last, when no table has anything for another
    with transaction() as tx:
        if erasure := tx.get(Erasure, erasure_id):
            erasure.email = ""


@job(queue="low", timeout=60)
def sweep_erasures() -> None:
    """Takes up those whose job is lost."""
    with transaction() as tx:
        ids = Erasure.open(tx)
    erase.later_each(ids)


def _by_steps(erasure_id: int, step: Callable[[Erasure, Session], bool]) -> None:
    """A transaction each, until there is no more of it: one file or mail may have hundreds of pieces."""
    goes_on = True
    while goes_on:
        with transaction() as tx:
            erasure = tx.get(Erasure, erasure_id)
            goes_on = bool(erasure and erasure.email and step(erasure, tx))


def _erase_from(table: str, erasure_id: int) -> None:
    after: int | None = 0
    while after is not None:
        with transaction() as tx:
            erasure = tx.get(Erasure, erasure_id)
            after = erasure.page(tx, table, after) if erasure and erasure.email else None
