"""Jobs that failed for good, in all queues, by their cause: what was run, what was raised, and in which words.

Two messages that differ only in numbers, addresses, quotations and the like are one cause. RQ keeps the failed; nothing
here is kept anywhere else.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from time import monotonic, time
from typing import NamedTuple

from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.registry import FailedJobRegistry
from rq.results import Result
from rq.serializers import JSONSerializer

from jobs.connection import redis_connection
from jobs.door import QUEUES, job, queue_named

PAGE = 200  # jobs read in two round trips
WORKS_FOR = 10.0  # seconds; then another job goes on
NAMED = re.compile(r"^([\w.]+)(?:: (.*))?$", re.MULTILINE)
# What differs from one failure to the next of the same cause.
VARYING = re.compile(
    r"'[^']*'|\"[^\"]*\"|\S+@\S+|https?://\S+|\b0x[0-9a-f]+\b|\b[0-9a-f]{8}[0-9a-f-]{8,}\b|(?<![A-Za-z])\d+"
)


class Cause(NamedTuple):
    function: str
    error: str
    words: str  # of its message, without what varies

    @property
    def digest(self) -> str:
        return sha256("\n".join(self).encode()).hexdigest()[:16]


class Failure(NamedTuple):
    id: str
    queue: str
    function: str
    call: str
    at: datetime | None
    error: str  # the traceback

    @property
    def raised(self) -> tuple[str, str]:
        """`(error, message)`, by the line of a traceback that names them; a message may have more lines below."""
        below = self.error.rpartition('\n  File "')[2]
        named = [match for match in NAMED.finditer(below) if match[0] and not match[0].isspace()]
        return (named[0][1], (named[0][2] or "")[:300]) if named else ("", "No error was kept")

    @property
    def headline(self) -> str:
        return ": ".join(word for word in self.raised if word)[:300]

    @property
    def cause(self) -> Cause:
        error, words = self.raised
        return Cause(self.function, error, VARYING.sub("…", words)[:200])


def registry(queue: str) -> FailedJobRegistry:
    return queue_named(queue).failed_job_registry


def latest(most: int) -> Iterator[Failure]:
    """The latest of each queue, `most` at most of each. Raises redis.RedisError."""
    for queue in QUEUES:
        yield from _found(queue, registry(queue).get_job_ids(0, most - 1, desc=True))


def read(queue: str, ids: list[str]) -> list[Failure]:
    """Those of the jobs that are still known. Raises redis.RedisError."""
    redis = redis_connection()
    jobs = [each for each in Job.fetch_many(ids, redis, JSONSerializer) if each]
    with redis.pipeline(transaction=False) as pipeline:
        for each in jobs:
            pipeline.xrevrange(Result.get_key(each.id), "+", "-", count=1)
        results = pipeline.execute()
    return [_failure(queue, each, found) for each, found in zip(jobs, results, strict=True)]


def retry(queue: str, ids: Iterable[str]) -> int:
    """How many of them are in their queue again. One that has expired is forgotten, one that is gone is skipped."""
    failed = registry(queue)
    return sum(_requeued(failed, job_id) for job_id in ids)


def discard(queue: str, ids: Iterable[str]) -> int:
    """How many are gone: only those that are among the failed, for what somebody has put back to work stays."""
    failed = registry(queue)
    mine = [job_id for job_id in ids if failed.connection.zrem(failed.key, job_id)]
    for each in Job.fetch_many(mine, failed.connection, JSONSerializer):
        if each:
            each.delete()
    return len(mine)


VERBS = {"retry": retry, "discard": discard}


@job(queue="default", timeout=60)
def settle_cause(digest: str, verb: str, until: float) -> None:
    """Tries again, or discards, whatever failed for that cause before `until` (Unix time). A repeat does the rest.

    What fails once more meanwhile is later than `until`, and left for people to look at.
    """
    ends = monotonic() + WORKS_FOR
    for queue in QUEUES:
        for page in _pages(registry(queue).get_job_ids()):
            if monotonic() > ends:
                settle_cause.later(digest, verb, until)
                return
            VERBS[verb](queue, [each.id for each in read(queue, page) if _is_meant(each, digest, until)])


def settle_now(failures: Iterable[Failure], verb: str) -> int:
    """The same here and now, for few. Raises redis.RedisError."""
    by_queue: dict[str, list[str]] = {}
    for each in failures:
        by_queue.setdefault(each.queue, []).append(each.id)
    return sum(VERBS[verb](queue, ids) for queue, ids in by_queue.items())


def settle_soon(digest: str, verb: str) -> None:
    """All of a cause, by a job. Raises redis.RedisError."""
    settle_cause.later(digest, verb, time())


def _found(queue: str, ids: list[str]) -> Iterator[Failure]:
    for page in _pages(ids):
        yield from read(queue, page)


def _pages(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))


def _is_meant(failure: Failure, digest: str, until: float) -> bool:
    is_earlier = failure.at is None or failure.at.timestamp() <= until
    return is_earlier and failure.cause.digest == digest


def _failure(queue: str, each: Job, found: list[tuple[bytes, dict[bytes, bytes]]]) -> Failure:
    told = ""
    for number, payload in found:
        result = Result.restore(each.id, number.decode(), payload, each.connection, JSONSerializer)
        told = result.exc_string or ""
    function = each.func_name or ""
    return Failure(each.id, queue, function, each.description or function, each.ended_at, told)


def _requeued(failed: FailedJobRegistry, job_id: str) -> bool:
    try:
        failed.requeue(job_id)
    except (InvalidJobOperation, ValueError):  # the latter for what is no job's name at all
        return False
    except NoSuchJobError:
        failed.remove(job_id)
        return False
    return True
