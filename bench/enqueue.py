"""Jobs into the queue: one by one, and by the thousand as a send does it."""

import argparse
import time
from collections.abc import Callable

from bench import measure
from bench.command import Report
from bench.stage import Stage, say
from bench.work import nothing

N = 100_000


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    single = max(1, n // 10)
    say(f"{single} jobs one by one, then {n} together")
    one_by_one = _timed(lambda: [nothing.later(number) for number in range(single)])
    system.redis.flushall()
    empty = _memory(system)
    seconds = _timed(lambda: nothing.later_each(range(n)))
    queued = int(system.redis.llen("rq:queue:high"))
    return {
        "name": "enqueue",
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(n, seconds),
        "one_by_one_per_second": measure.per_second(single, one_by_one),
        "redis_bytes_each": round((_memory(system) - empty) / n),
        "lost": n - queued,
        "processes": system.usage.as_json(),
    }


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _memory(system: Stage) -> int:
    return int(system.redis.info("memory")["used_memory"])
