"""Many jobs done as one, and each by itself where one of them cannot be done."""

import logging
from collections.abc import Callable
from typing import Any

from redis import RedisError
from rq.timeouts import BaseTimeoutException
from sqlalchemy.exc import InterfaceError, OperationalError

from jobs import sentry
from jobs.door import JobFunction

log = logging.getLogger(__name__)


def done(
    job: JobFunction,
    ids: list[int],
    do: Callable[[list[int]], Any],
    give_up: Callable[[int, str], None] | None = None,
) -> list[BaseException | None]:
    """What came of each, for its job. Raises when time is up or Redis is away: then all of them come again.

    A database that is away is waited for. Anything else is a fault of ours, and another try would fail, too: `give_up`,
    where there is one, is called with the id and what was wrong, and we are told.
    """
    try:
        do(ids)
    except (BaseTimeoutException, RedisError):
        raise  # none of them is to blame, and nothing would end a try of each: a deadline comes once
    except Exception as problem:  # whichever of them is to blame, the others go on without it
        if len(ids) > 1:
            return [job.together([id_])[0] for id_ in ids]
        if give_up is None or isinstance(problem, OperationalError | InterfaceError):
            return [problem]
        log.exception("%s(%s) failed", job.name, ids[0])
        sentry.report(problem, job.name)
        give_up(ids[0], f"{type(problem).__name__}: {problem}"[:500])
    return [None] * len(ids)
