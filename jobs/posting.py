"""Jobs into a queue, by the thousand: as RQ stores them, in one round trip, a fifth of the time and half the space.

RQ's `enqueue_many` sends some twenty fields for each job, most of them empty. RQ reads a job that lacks those, and
data that is not compressed, just as well; other RQ workers and dashboards see nothing unusual.
"""

import json
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any

from redis.commands.core import Script
from rq import Queue, Retry
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer
from rq.utils import now, utcformat

from jobs.connection import redis_connection

FAILURES_KEPT = 4 * 24 * 3600  # seconds

_json = json.JSONEncoder(separators=(",", ":")).encode

Retries = tuple[int, Sequence[int]] | None


def post(name: str, page: Sequence[tuple[Any, ...]], queue: str, timeout: int, retry: Retries) -> list[str]:
    """Enqueues one job of the function `name` for each tuple of arguments; all or none. Gives their ids.

    Raises redis.RedisError, and TypeError for arguments that are not JSON.
    """
    ids = [secrets.token_urlsafe(12) for _ in page]
    each = ((id, _data(name, arguments), _call(name, arguments)) for id, arguments in zip(ids, page, strict=True))
    shared = _shared(queue, timeout, retry)
    keys = [Queue.redis_queue_namespace_prefix + queue, Queue.redis_queues_keys]
    values = [Job.redis_job_namespace_prefix, len(shared), *shared, *chain.from_iterable(each)]
    _script()(keys, values, client=redis_connection())
    return ids


def post_at(seconds: float, name: str, arguments: tuple[Any, ...], queue: str, timeout: int, retry: Retries) -> None:
    """Enqueues a job for the first whole second that is `seconds` from now or later, and always to come."""
    now = time.time()
    second = max(int(now) + 1, ceil(now + seconds))
    Queue(queue, connection=redis_connection(), serializer=JSONSerializer).enqueue_at(
        datetime.fromtimestamp(second, UTC),
        name,
        *arguments,
        job_id=sha256(f"{second} {_data(name, arguments)}".encode()).hexdigest()[:32],
        job_timeout=timeout,
        result_ttl=0,
        failure_ttl=FAILURES_KEPT,
        retry=Retry(max=retry[0], interval=list(retry[1])) if retry else None,
    )


def _data(name: str, arguments: tuple[Any, ...]) -> str:
    """[function, instance, arguments, keyword arguments]"""
    return _json([name, None, arguments, {}])


def _call(name: str, arguments: tuple[Any, ...]) -> str:
    return f"{name}({', '.join(map(repr, arguments))})"[:120]


def _shared(queue: str, timeout: int, retry: Retries) -> list[Any]:
    """A success leaves nothing behind; a failure is kept for days."""
    moment = utcformat(now())
    fields: dict[str, Any] = {
        "status": JobStatus.QUEUED.value,
        "origin": queue,
        "created_at": moment,
        "enqueued_at": moment,
        "timeout": timeout,
        "result_ttl": 0,
        "failure_ttl": FAILURES_KEPT,
    }
    if retry:
        fields |= {"retries_left": retry[0], "retry_intervals": json.dumps(list(retry[1]))}
    return list(chain.from_iterable(fields.items()))


@cache
def _script() -> Script:
    return redis_connection().register_script(Path(__file__).with_name("enqueue.lua").read_text())
