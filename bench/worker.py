"""What one worker takes on: empty jobs, empty jobs in chunks, and jobs that wait 60 ms, 50 at once.

The jobs are queued while workers are suspended; the clock runs from the first that is taken to the last that is done.
"""

import argparse
import time
from collections.abc import Iterable

from rq.suspension import resume, suspend

from bench import measure
from bench.command import Report
from bench.stage import Stage, say, until
from bench.work import WAIT, nothing, nothing_together, wait
from config import settings
from jobs.door import JobFunction

N = 20_000
QUEUE = "rq:queue:high"
PATIENCE = 300.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.start_workers(options.workers)
    for job in (nothing, nothing_together, wait):  # imported, and their chunk sizes learnt
        _work_off(system, job, range(10))
    system.usage.forget()
    seconds = {job: _work_off(system, job, range(each)) for job, each in _shares(n).items()}
    rates = {job: measure.per_second(_shares(n)[job], took) for job, took in seconds.items()}
    usage = system.usage.as_json()
    return {
        "name": "worker",
        "n": n,
        "seconds": round(seconds[nothing], 2),
        "per_second": rates[nothing],
        "chunked_per_second": rates[nothing_together],
        "waiting_per_second": rates[wait],
        "waiting_ceiling": round(options.workers * settings.job_concurrency / WAIT),
        "slots": settings.job_concurrency,
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        "workers": options.workers,
        "processes": usage,
    }


def _shares(n: int) -> dict[JobFunction, int]:
    return {nothing: n, nothing_together: n * 2, wait: max(1, n // 4)}


def _work_off(system: Stage, job: JobFunction, numbers: Iterable[int]) -> float:
    """Seconds from the first job taken to the last one done."""
    suspend(system.redis)
    queued = job.later_each(numbers)
    if queued > 10:
        say(f"{queued} of {job.function.__name__}")
    resume(system.redis)
    until(lambda: system.redis.llen(QUEUE) < queued, "the first job", pause=0.001)
    began = time.perf_counter()
    until(lambda: system.jobs("high") == 0, "the last job", PATIENCE)
    return time.perf_counter() - began
