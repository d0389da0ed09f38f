"""What the provider reported, applied. Many at once, each a job of its own."""

from collections.abc import Collection
from time import sleep

from jobs.door import job
from models import delivery_event
from models.db import transaction

PAUSES = (0.05, 0.2, 1.0)  # seconds: events overtake the answer, whose recording takes no longer than that


class Locked(Exception):
    """Somebody is changing the event's delivery at this moment: again in a little while."""


@job(queue="default", timeout=60, chunk=500)
def apply_event(ids: list[int]) -> list[BaseException | None]:
    """Moves the events' deliveries on. A repeat does nothing, whatever the order."""
    waiting = _apply(ids)
    for pause in PAUSES:
        if waiting:
            sleep(pause)
            waiting = _apply(waiting)
    return [Locked(f"event {number}") if number in waiting else None for number in ids]


def _apply(ids: Collection[int]) -> set[int]:
    with transaction() as tx:
        return delivery_event.apply(tx, list(ids))
