"""What jobs about the rows of an import have in common: they come by the page, and many are done together."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from redis import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError

from jobs.door import JobFunction

PAGE = 1_000  # rows enqueued at a time, of each import: several that run at once take turns
CHUNK = 200
AWAY = (OperationalError, InterfaceError, RedisError)  # waited for: the job comes again

log = logging.getLogger(__name__)


def feed(ids: Sequence[int], row: JobFunction, go_on: Callable[[int], object]) -> None:
    """Enqueues a job for each row of a page; where it is full, `go_on` from its last one, in the middle of it."""
    row.later_each(ids[: PAGE // 2])
    if len(ids) == PAGE:
        go_on(ids[-1])
    row.later_each(ids[PAGE // 2 :])


def done(
    row: JobFunction, ids: list[int], do: Callable[[list[int]], Any], give_up: Callable[[int, str], None]
) -> list[BaseException | None]:
    """Does all of them as one; where one cannot be done, each by itself. What came of each, for its job.

    A database that is away is waited for. Anything else is a fault of ours: the row is given up, and we are told.
    """
    try:
        do(ids)
    except Exception as problem:
        if len(ids) > 1:
            return [row.together([id_])[0] for id_ in ids]
        if isinstance(problem, AWAY):
            return [problem]
        log.exception("%s(%s) failed", row.name, ids[0], exc_info=problem)
        give_up(ids[0], f"{type(problem).__name__}: {problem}"[:500])
    return [None] * len(ids)
