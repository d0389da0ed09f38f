"""The rounds of every minute, page after page until nobody is due."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from jobs.deliveries import nudge
from jobs.door import job
from models import rounds
from models.db import transaction
from models.rounds import Round


@job(queue="default", timeout=600)
def ask_members() -> None:
    """Asks everybody whose reminder hour has come."""
    _go(rounds.ask, "reminder")


@job(queue="default", timeout=600)
def send_digests() -> None:
    """Sends everybody whose digest hour has come what their team got done."""
    _go(rounds.digest, "digest")


def _go(around: Callable[[Session], Round], kind: str) -> None:
    """Everybody is addressed before the first is nudged on: a page takes milliseconds, and the hour is the same."""
    ids: list[int] = []
    while (page := _page(around)).members:
        ids += page.delivery_ids
    nudge(kind, ids)


def _page(around: Callable[[Session], Round]) -> Round:
    with transaction() as tx:
        return around(tx)
