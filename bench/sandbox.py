"""What the local provider takes by itself, without latency. Every other figure is to be read against this one.

The load is `sandbox.speed`'s: requests made beforehand, over plain sockets, to a sandbox of its own.
"""

import argparse

from bench import measure
from bench.command import Report
from bench.stage import Stage, say
from sandbox import speed

N = 20_000
KILOBYTES = 10  # a letter's size
CONNECTIONS = {500: 4, 1: 16}  # by messages a call


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} messages of {KILOBYTES} KB in calls of 500, then {n // 4} one by one")
    batch, single = (_measure(count, each) for count, each in ((n, 500), (max(1, n // 4), 1)))
    return {
        "name": "sandbox",
        "n": batch["messages"],
        "seconds": batch["seconds"],
        "per_second": measure.per_second(batch["messages"], batch["seconds"]),
        "one_by_one_per_second": measure.per_second(single["messages"], single["seconds"]),
        "peak_rss_mb": max(batch["sandbox_rss_mb"], single["sandbox_rss_mb"]),
        "cpu_ms_each": round(1000 * batch["sandbox_cpu_seconds"] / batch["messages"], 3),
        "one_by_one_cpu_ms_each": round(1000 * single["sandbox_cpu_seconds"] / single["messages"], 3),
        "kilobytes_each": KILOBYTES,
    }


def _measure(count: int, together: int) -> Report:
    return speed.measure(count, KILOBYTES, min(together, count), CONNECTIONS[together])
