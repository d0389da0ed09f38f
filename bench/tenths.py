"""The speed of each tenth of something long: where it falls, the cost of one grows with how many were done."""

import time
from collections.abc import Callable

from bench.stage import say

PAUSE = 0.05  # seconds


def tenths(what: str, n: int, count: Callable[[], int], patience: float, each: Callable[[int], object]) -> list[float]:
    """How many a second in each tenth, once `count()` has come to n; after each, it is called with its number, 1 to 10.

    Raises `TimeoutError`.
    """
    speeds: list[float] = []
    began = moment = time.perf_counter()
    before = 0
    while len(speeds) < 10:
        done, now = count(), time.perf_counter()
        if now - began > patience:
            raise TimeoutError(f"{done} of {n} {what} after {patience:.0f} s")
        if done < n * (len(speeds) + 1) / 10:
            time.sleep(PAUSE)
            continue
        speed = round((done - before) / (now - moment), 1)
        while len(speeds) < 10 and done >= n * (len(speeds) + 1) / 10:
            speeds.append(speed)
        say(f"  {len(speeds)} tenths {what}, {speed} a second")
        each(len(speeds))
        before, moment = done, now
    return speeds
