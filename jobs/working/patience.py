"""Redis may be down, restarting or full: what needs it is tried again, calmly, until it works or we must stop."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from redis import RedisError

T = TypeVar("T")
log = logging.getLogger(__name__)


class Patience:
    """Waits between tries: 0.25 s at first, twice as long each time, at most 5 s. For one thread."""

    def __init__(self, stopped: threading.Event):
        self._stopped = stopped
        self._pause = 0.25

    def until_done(self, what: str, action: Callable[[], T]) -> T | None:
        """What `action` returns once it raises no RedisError; None when stopped first."""
        while True:
            try:
                result = action()
                self._pause = 0.25
                return result
            except RedisError as error:
                if not self.wait_after(what, error):
                    return None

    def wait_after(self, what: str, error: RedisError) -> bool:
        """False when we were told to stop."""
        log.error("%s: Redis says %s: %s; next try in %.1f s", what, type(error).__name__, error, self._pause)
        stopped = self._stopped.wait(self._pause)
        self._pause = min(self._pause * 2, 5.0)
        return not stopped
