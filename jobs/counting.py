"""What has been done so far, counted in Redis for the pictures of operations; who empties it begins anew at nought."""

from collections.abc import Mapping
from contextlib import suppress

from redis import RedisError

from jobs.connection import hurry, redis_connection
from jobs.door import QUEUES

# Mails that the provider took; jobs of each queue that were started, and that ended, however they did.
COUNTED = ("sent", *(f"{what} {queue}" for what in ("started", "ended") for queue in QUEUES))


def add(counts: Mapping[str, int]) -> None:
    """A picture is worth no job: without Redis it is not counted."""
    with suppress(RedisError), hurry(), redis_connection().pipeline() as pipeline:
        for name, count in counts.items():
            pipeline.incrby(_key(name), count) if count else None
        pipeline.execute()


def totals() -> dict[str, int]:
    """Raises redis.RedisError."""
    found = redis_connection().mget([_key(name) for name in COUNTED])
    return {name: int(value or 0) for name, value in zip(COUNTED, found, strict=True)}


def _key(name: str) -> str:
    return f"counted:{name}"
