"""Lists: what is done to many of their members goes by the page."""

from collections.abc import Callable
from time import monotonic

from jobs.door import job
from models.db import transaction
from models.lists import changing
from models.lists.change import ListChange
from models.lists.list import List

WORKS_FOR = 10.0  # seconds; then another job goes on, so that a deploy never waits for one


@job(queue="low", timeout=300)
def change_list(change_id: int) -> None:
    """Merges, subtracts, intersects or filters, from behind the last page that is done. A repeat does nothing."""
    if _works_on(lambda: changing.step(change_id)):
        change_list.later(change_id)


@job(queue="low", timeout=300)
def drop_list(list_id: int) -> None:
    """Takes a deleted list away, a page of members at a time. A repeat does nothing."""
    if _works_on(lambda: _drop(list_id)):
        drop_list.later(list_id)


@job(queue="default", timeout=60)
def sweep_lists() -> None:
    """Takes up whatever lost its job half-way."""
    with transaction() as tx:
        stuck, deleted = ListChange.stuck(tx), List.deleted(tx)
    change_list.later_each(stuck)
    drop_list.later_each(deleted)


def _drop(list_id: int) -> bool:
    with transaction() as tx:
        return List.drop(tx, list_id)


def _works_on(step: Callable[[], bool]) -> bool:
    """Does step after step for a while; True when there is more to do."""
    until = monotonic() + WORKS_FOR
    while step():
        if monotonic() > until:
            return True
    return False
