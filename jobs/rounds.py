"""The rounds of every minute, page after page until nobody is due."""

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from jobs.deliveries import PAGE, has_room, nudge
from jobs.door import job
from models import rounds
from models.db import transaction
from models.rounds import Round


@job(queue="default", timeout=600)
def ask_members() -> None:
    """Asks everybody whose reminder hour has come."""
    _go(rounds.ask, "reminder", page=2_000)


@job(queue="default", timeout=600)
def send_digests() -> None:
    """Sends everybody whose digest hour has come what their team got done."""
    _go(rounds.digest, "digest", page=500)


def _go(around: Callable[[Session, int], Round], kind: str, page: int) -> None:
    """The first are on their way while the last are addressed, as far as the queue has room."""
    waiting: list[int] = []
    for found in _pages(around, page):
        waiting += found.delivery_ids
        if has_room(kind):
            nudge(kind, waiting[:PAGE])
            del waiting[:PAGE]
    nudge(kind, waiting)


def _pages(around: Callable[[Session, int], Round], limit: int) -> Iterator[Round]:
    """A page that is not full is the last: where somebody falls due at every moment, none may ever be empty."""
    members = limit
    while members == limit:
        with transaction() as tx:
            page = around(tx, limit)
        yield page
        members = page.members
