"""The connection to Redis: one small pool a process, since Heroku's smallest plan allows 20 connections in all."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from redis import BlockingConnectionPool, Redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from config import settings

MOST = 6  # connections of one process; a thread that finds none free waits for one


@cache
def redis_connection() -> Redis:
    """This process's connection, shared by all its threads."""
    return connect(settings.redis_url)


def connect(url: str, most: int = MOST) -> Redis:
    """A client whose threads share at most `most` connections.

    Commands wait up to 20 s for an answer: a busy or distant Redis is slow long before it is down. A dropped
    connection is opened again twice within a second; what fails after that raises `redis.RedisError`.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=most,
        timeout=30,
        socket_timeout=20,
        socket_connect_timeout=5,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), 2),
        **_tls(url),
    )
    return Redis(connection_pool=pool)


def _tls(url: str) -> dict[str, Any]:
    """Heroku's Redis presents a certificate it signed itself: the line is private, the name cannot be checked."""
    if urlsplit(url).scheme != "rediss":
        return {}
    return {"ssl_cert_reqs": "none", "ssl_check_hostname": False}
