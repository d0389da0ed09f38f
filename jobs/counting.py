"""What has been done so far, counted in Redis for the pictures of operations; who empties it begins anew at nought."""

from contextlib import suppress

from redis import RedisError

from jobs.connection import hurry, redis_connection

COUNTED = ("sent",)  # mails that the provider took


def add(name: str, count: int) -> None:
    """A picture is worth no job: without Redis it is not counted."""
    if count:
        with suppress(RedisError), hurry():
            redis_connection().incrby(_key(name), count)


def totals() -> dict[str, int]:
    """Raises redis.RedisError."""
    return {name: int(redis_connection().get(_key(name)) or 0) for name in COUNTED}


def _key(name: str) -> str:
    return f"counted:{name}"
