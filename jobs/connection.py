"""The connection to Redis: one small pool a process, since Heroku's smallest plan allows 20 connections in all."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from redis import BlockingConnectionPool, ConnectionError, Redis
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.retry import Retry

from config import settings

MOST = 6  # connections of one process; a thread that finds none free waits for one
# Commands wait up to 20 s for an answer: a busy or distant Redis is slow long before it is down. A dropped connection
# is opened again twice within a second.
PATIENT: dict[str, Any] = {
    "timeout": 30,  # seconds for a free connection
    "socket_timeout": 20,
    "socket_connect_timeout": 5,
    "retry": Retry(ExponentialBackoff(cap=0.5, base=0.05), 2),
}
# Somebody waits for the page, or for the webhook, and the row says all: no more than about 3 s in all. A dropped
# connection is opened again; one that does not answer is not asked twice.
HASTY: dict[str, Any] = {
    "timeout": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "retry": Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
}
_is_hurried = ContextVar("_is_hurried", default=False)


def redis_connection() -> Redis:
    """This process's connection, shared by all its threads; what fails for good raises `redis.RedisError`."""
    return _hasty() if _is_hurried.get() else _patient()


@contextmanager
def hurry() -> Iterator[None]:
    """Within it, or within a function that it decorates, Redis is given up after about 3 s."""
    token = _is_hurried.set(True)
    try:
        yield
    finally:
        _is_hurried.reset(token)


def connect(url: str, most: int = MOST, patience: dict[str, Any] = PATIENT) -> Redis:
    """A client whose threads share at most `most` connections."""
    return Redis(connection_pool=BlockingConnectionPool.from_url(url, max_connections=most, **patience, **_tls(url)))


@cache
def _patient() -> Redis:
    return connect(settings.redis_url)


@cache
def _hasty() -> Redis:
    return connect(settings.redis_url, patience=HASTY)


def _tls(url: str) -> dict[str, Any]:
    """Heroku's Redis presents a certificate it signed itself: the line is private, the name cannot be checked."""
    if urlsplit(url).scheme != "rediss":
        return {}
    return {"ssl_cert_reqs": "none", "ssl_check_hostname": False}
