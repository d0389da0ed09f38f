"""Enqueueing what is safe in the database already."""

import logging
from collections.abc import Callable
from typing import Any

from redis import RedisError

from jobs.connection import hurry

log = logging.getLogger(__name__)


def soon(enqueue: Callable[..., Any], *arguments: Any, **options: Any) -> None:
    """Enqueues, within about 3 s; without Redis the next sweep does, since the row says all: nobody is told."""
    try:
        with hurry():
            enqueue(*arguments, **options)
    except RedisError:
        log.warning("%s%r could not be enqueued: left to the sweep", enqueue, arguments, exc_info=True)
