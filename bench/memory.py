"""A newsletter of 20 KB to N subscribers through one worker: what its process and the queues in Redis hold meanwhile.

A worker that leaks grows with every message; one that is busy grows once. The slope is that of a line through the
looks after the first tenth of the messages.
"""

import argparse
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import redis

from bench import account, measure, newsletter, readership
from bench.command import Report
from bench.provider import Provider
from bench.reminders import PATIENCE, Telling
from bench.stage import Stage, say, until
from bench.ticking import warm_up
from bench.usage import resident

N = 100_000
INTERVAL = 0.2  # seconds between looks
MEGABYTE = 1024  # kilobytes


class Look(NamedTuple):
    """One moment."""

    accepted: int  # messages, by the provider's record
    kilobytes: int  # resident, of the worker
    redis_bytes: int  # without what is on its way to clients and to the disk
    jobs: int  # of the send in Redis, waiting or taken


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} subscribers")
    system.provider.behave(latency_ms=options.latency_ms)
    edition_id = readership.subscribe(n, system.variables["BASE_URL"])
    (worker,) = system.start_workers(1)
    warm_up(system)
    assert worker.pid
    with Watch(system, worker.pid) as watch:
        began = time.time()
        newsletter.publish(edition_id)
        seconds = system.provider.wait_for(n, PATIENCE, Telling(n)) - began
        until(lambda: newsletter.settled(n), "the last answers to be recorded")
    return {
        "name": "memory",
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(n, seconds),
        **_worker(watch.looks, n),
        **_queues(watch.looks),
        "slots": int(system.variables.get("JOB_CONCURRENCY", 50)),
        "looks": len(watch.looks),
        "latency_ms": options.latency_ms,
        **account.reckon(system.provider, readership.audience(n), "edition"),
    }


@dataclass
class Watch:
    """Looks five times a second while its block runs."""

    system: Stage
    pid: int
    looks: list[Look] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._provider = Provider(self.system.provider.url)  # a session of its own
        self._look()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _run(self) -> None:
        while not self._over.wait(INTERVAL):
            self._look()

    def _look(self) -> None:
        used, jobs = _redis(self.system.redis)
        self.looks.append(Look(self._provider.summary()["accepted"], resident(self.pid), used, jobs))


def _redis(client: redis.Redis) -> tuple[int, int]:
    with client.pipeline() as pipeline:
        pipeline.info("memory")
        pipeline.llen("rq:queue:mailers")
        pipeline.zcard("rq:wip:mailers")
        memory, waiting, taken = pipeline.execute()
    on_its_way = int(memory["mem_clients_normal"]) + int(memory["mem_aof_buffer"])
    return int(memory["used_memory"]) - on_its_way, waiting + taken


def _worker(looks: list[Look], n: int) -> Report:
    sizes = [look.kilobytes / MEGABYTE for look in looks]
    return {
        "first_rss_mb": round(sizes[0], 1),
        "median_rss_mb": round(statistics.median(sizes), 1),
        "last_rss_mb": round(sizes[-1], 1),
        "peak_rss_mb": round(max(sizes), 1),
        "slope_mb_per_10000": _slope([look for look in looks if look.accepted >= n / 10]),
    }


def _slope(looks: list[Look]) -> float | None:
    """Megabytes for each 10,000 messages; None when there is no line to be drawn."""
    accepted = [look.accepted for look in looks]
    if len(set(accepted)) < 3:
        return None
    line = statistics.linear_regression(accepted, [look.kilobytes / MEGABYTE for look in looks])
    return round(line.slope * 10_000, 3)


def _queues(looks: list[Look]) -> Report:
    return {
        "peak_jobs": max(look.jobs for look in looks),
        "redis_before_mb": round(looks[0].redis_bytes / 1e6, 2),
        "redis_peak_mb": round(max(look.redis_bytes for look in looks) / 1e6, 2),
        "redis_of_the_send_mb": round((max(look.redis_bytes for look in looks) - looks[0].redis_bytes) / 1e6, 2),
    }
