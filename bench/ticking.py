"""What goes on beside a drill: ticks that come more often than the scheduler's, and waiting for the end."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from redis import RedisError

from bench.stage import say
from config import settings
from jobs.tick import tick

TICK = settings.stale_after / 4  # seconds; the scheduler ticks once a minute, which would make a drill an hour
TOLD = 5.0  # seconds between two words about how it goes


@contextmanager
def ticking(times: int = 1) -> Iterator[None]:
    """So many ticks at once, every `TICK`. What Redis does not take is lost, as a tick may be."""
    over = threading.Event()
    thread = threading.Thread(target=_tick, args=[times, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def awaited(left: Callable[[], object], seconds: float, pause: float = 0.1) -> bool:
    """Whether there comes to be nothing left, in time; what is left is told now and then."""
    deadline, told = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        if not (found := left()):
            return True
        if time.monotonic() - told > TOLD:
            say(f"  left: {found}")
            told = time.monotonic()
        time.sleep(pause)
    return False


def _tick(times: int, over: threading.Event) -> None:
    while not over.wait(TICK):
        for _ in range(times):
            with suppress(RedisError):
                tick.later()
