"""One edition of 20 KB to N subscribers: from publishing until the provider's record holds the last copy."""

import argparse
import time

from bench import account, measure, readership
from bench.command import Report
from bench.reminders import PATIENCE, Telling
from bench.stage import Stage, say, until
from jobs.editions import address_edition
from jobs.tick import tick
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition

N = 100_000


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} subscribers")
    system.provider.behave(latency_ms=options.latency_ms)
    edition_id = readership.subscribe(n, system.variables["BASE_URL"])
    system.start_workers(options.workers)
    warm_up(system)
    system.usage.forget()
    began = time.time()
    publish(edition_id)
    sent = system.provider.wait_for(n, PATIENCE, Telling(n))
    usage = system.usage.as_json()
    until(lambda: settled(n), "the last answers to be recorded")
    seconds = sent - began
    return {
        "name": "newsletter",
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(n, seconds),
        "letter_bytes": system.provider.latest_size(),
        "cpu_us_per_message": {name: round(each["cpu_seconds"] / n * 1e6) for name, each in usage.items()},
        **measure.percentiles([row["accepted_at"] - began for row in system.provider.record()]),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        **account.reckon(system.provider, readership.audience(n), "edition"),
        "kills": 0,
        "latency_ms": options.latency_ms,
        "workers": options.workers,
        "processes": usage,
    }


def warm_up(system: Stage) -> None:
    for _ in system.named("worker"):
        tick.later()
    until(lambda: not system.redis.llen("rq:queue:high") + system.redis.zcard("rq:wip:default"), "the first round")


def publish(edition_id: int) -> None:
    with transaction() as tx:
        tx.get_one(Edition, edition_id).publish(tx)
    address_edition.later(edition_id)


def settled(n: int) -> bool:
    with transaction() as tx:
        states = Delivery.ledger(tx, 1)["edition"]
    return sum(count for state, count in states.items() if state not in ("queued", "sending")) == n
