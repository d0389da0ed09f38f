"""Ticks that come when we say so, or more often than the scheduler's; and waiting for the end."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from redis import RedisError

from bench.stage import Stage, say, until
from config import settings
from jobs.tick import tick
from jobs.worker import QUEUES

TICK = settings.stale_after / 4  # seconds; the scheduler ticks once a minute, which would make a drill an hour
TOLD = 5.0  # seconds between two words about how it goes


def warm_up(system: Stage) -> None:
    """A round for nobody: workers import what a job needs with the first of its kind, not in the busiest minute.

    All of it is over when this returns, or it would meet those who are due next before the clock runs.
    """
    for _ in system.named("worker"):
        tick.later()
    until(lambda: system.jobs(*QUEUES) == 0, "the first round")


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
