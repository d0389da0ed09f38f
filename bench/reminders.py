"""N members whose hour comes in the same minute: one tick, until the provider's record holds the last reminder."""

import argparse
import time
from dataclasses import dataclass, field

from sqlalchemy import text

from bench import population
from bench.command import Report
from bench.sent import Sent
from bench.stage import Stage, say
from bench.ticking import warm_up
from jobs.tick import tick
from models.db import transaction

N = 40_000
INTERVAL = 0.2  # seconds between looks: counting takes time of what is measured
PATIENCE = 120.0  # seconds without a new message after which it has failed


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} members")
    system.provider.behave(latency_ms=options.latency_ms)
    system.start_workers(options.workers)
    warm_up(system)
    population.settle_in(n, system.variables["BASE_URL"])
    system.usage.forget()
    progress = _send(system, n)
    sent = Sent("reminder", population.audience(n), progress.began, progress.sent, system.usage.as_json())
    about = {"addressed_seconds": progress.addressed, "enqueued_seconds": progress.enqueued}
    return sent.report("reminders", system.provider, options, **about)


@dataclass
class Progress:
    """Moments of the send; `addressed` and `enqueued` in seconds since it `began`, the others in Unix time."""

    began: float = field(default_factory=time.time)
    addressed: float | None = None
    enqueued: float | None = None
    sent: float = 0.0

    def look(self, system: Stage, n: int) -> None:
        """Everybody is enqueued once Redis holds a job for each delivery that still waits in the database."""
        if self.addressed is None and _count(_DUE) == 0:
            self.addressed = round(time.time() - self.began, 2)
        if self.addressed is not None and self.enqueued is None and _count(_QUEUED) <= system.jobs("default"):
            self.enqueued = round(time.time() - self.began, 2)


def _send(system: Stage, n: int) -> Progress:
    progress = Progress()
    tick.later()
    told = Telling(n)
    while system.provider.summary()["accepted"] < n and progress.enqueued is None:
        progress.look(system, n)
        told(system.provider.summary()["accepted"])
        time.sleep(INTERVAL)
    progress.sent = system.provider.wait_for(n, PATIENCE, told)
    progress.look(system, n)
    return progress


class Telling:
    def __init__(self, n: int) -> None:
        self.n, self.last = n, 0.0

    def __call__(self, accepted: int) -> None:
        if time.monotonic() - self.last > 1:
            say(f"  {accepted} of {self.n} accepted")
            self.last = time.monotonic()


def _count(what: str) -> int:
    with transaction() as tx:
        return int(tx.scalar(text(what)) or 0)


_DUE = "select count(*) from team_members where next_reminder_at <= now()"
_QUEUED = "select count(*) from deliveries where state = 'queued'"
