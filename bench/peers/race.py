"""The same messages through other queues and mailers, and through ours: speed, cost, and a kill -9 half-way.

The rows are there and everything is enqueued before a peer's worker starts; its clock runs from the first message that
the sandbox accepted to the last. Ours runs from publishing, so it pays for addressing and enqueueing too.
"""

import argparse
import json
from collections.abc import Callable

from bench import letters
from bench.command import Report
from bench.peers import postroom, table
from bench.peers.course import Course
from bench.peers.peer import PEERS, Peer
from bench.stage import Stage, say

N = 10_000
TRIAL = 1_000


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    course = Course(system)
    course.letter.write_text(json.dumps(letters.template()))
    system.provider.behave(latency_ms=options.latency_ms)
    reports = [_race(course, peer, max(10, n // peer.share)) for peer in PEERS if options.only in peer.name]
    reports.append(postroom.race(system, n))
    say(table.markdown(reports))
    return {
        "name": "peers",
        "n": n,
        "seconds": reports[-1]["seconds"],
        "per_second": reports[-1]["per_second"],
        "latency_ms": options.latency_ms,
        "peers": {report["name"]: report for report in reports},
    }


def _race(course: Course, peer: Peer, n: int) -> Report:
    peer.install()
    setting = _best(peer.settings, lambda each: course.through(peer, each, max(10, min(n, TRIAL // peer.share * 2))))
    say(f"{peer.name} {setting}: {n} messages")
    calm = course.through(peer, setting, n)
    say(f"{peer.name}: {calm['per_second']} a second; now killed half-way")
    killed = course.through(peer, setting, n, kill=True)
    report = {"name": peer.name, "setting": setting, **calm, "killed": killed, "remembers": peer.remembers}
    say(json.dumps(report))  # the race is long: what is known is told at once
    return report


def _best(settings: tuple[str, ...], attempt: Callable[[str], Report]) -> str:
    if len(settings) == 1:
        return settings[0]
    speeds = {setting: attempt(setting)["per_second"] for setting in settings}
    say(f"  tried: {speeds}")
    return max(speeds, key=lambda setting: float(speeds[setting]))
