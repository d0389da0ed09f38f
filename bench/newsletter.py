"""One edition of 20 KB to N subscribers: from publishing until the provider's record holds the last copy."""

import argparse
import time

from bench import readership
from bench.command import Report
from bench.reminders import PATIENCE, Telling
from bench.sent import Sent
from bench.stage import Stage, say, until
from bench.ticking import warm_up
from jobs.editions import address_edition
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
    ended = system.provider.wait_for(n, PATIENCE, Telling(n))
    sent = Sent("edition", readership.audience(n), began, ended, system.usage.as_json())
    until(lambda: settled(n), "the last answers to be recorded")
    cost = {name: round(each["cpu_seconds"] / n * 1e6) for name, each in sent.usage.items()}
    about = {"letter_bytes": system.provider.latest_size(), "cpu_us_per_message": cost}
    return sent.report("newsletter", system.provider, options, **about)


def publish(edition_id: int) -> None:
    with transaction() as tx:
        tx.get_one(Edition, edition_id).publish(tx)
    address_edition.later(edition_id)


def settled(n: int) -> bool:
    with transaction() as tx:
        states = Delivery.ledger(tx, 1)["edition"]
    return sum(count for state, count in states.items() if state not in ("queued", "sending")) == n
