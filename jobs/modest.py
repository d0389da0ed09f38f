"""Short transactions of work that can wait: no more than two of a process at once, since the other connections are for
mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from sqlalchemy.orm import Session

from models.db import transaction

AT_ONCE = 2

_turn = BoundedSemaphore(AT_ONCE)


@contextmanager
def modest_transaction() -> Iterator[Session]:
    """As `transaction`, when it is our turn."""
    with _turn, transaction() as tx:
        yield tx
