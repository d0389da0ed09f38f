"""Ours in the same race: an edition to as many subscribers through one worker, then another one with a kill -9."""

import time

from bench import account, measure, newsletter, readership
from bench.command import Report
from bench.reminders import PATIENCE
from bench.stage import Stage, say, until
from bench.ticking import ticking, warm_up
from bench.usage import spent
from config import settings
from local.processes import Process

REMEMBERS = (
    "queued, sending, sent, delivered, bounced, complained, failed, suppressed, canceled or unknown, with its reason; "
    "what died half-way is settled by asking the provider"
)


def race(system: Stage, n: int) -> Report:
    system.redis.flushall()
    system.provider.forget()
    edition_ids = [readership.subscribe(n, system.variables["BASE_URL"])]
    edition_ids.append(readership.another(edition_ids[0]))
    (worker,) = system.start_workers(1)
    warm_up(system)
    calm = _send(system, worker, edition_ids[0], n)
    say(f"Postroom: {calm['per_second']} a second; now killed half-way")
    system.provider.forget()
    return {
        "name": "Postroom",
        "setting": f"{settings.job_concurrency} slots",
        **calm,
        "killed": _send(system, worker, edition_ids[1], n, kill=True),
        "remembers": REMEMBERS,
    }


def _send(system: Stage, worker: Process, edition_id: int, n: int, kill: bool = False) -> Report:
    system.usage.forget()
    before, began = spent([worker.pid or 0]), time.time()
    newsletter.publish(edition_id)
    with ticking():
        if kill:
            _kill_half_way(system, worker, n)
            before = 0.0
        until(lambda: _done(edition_id, n), "every copy to be accounted for", PATIENCE * 2, pause=0.1)
    usage = system.usage.as_json()["worker"]
    record = system.provider.record()
    people = {row["To"] for row in record}
    seconds = record[-1]["accepted_at"] - began
    return {
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(len(record), seconds),
        "cpu_us_each": round((spent([worker.pid or 0]) - before) / n * 1e6),
        "lost": n - len(people),
        "duplicates": len(record) - len(people),
        "peak_mb": usage["peak_rss_mb"],
        "in_doubt": account.ledger("edition").get("unknown", 0),
    }


def _kill_half_way(system: Stage, worker: Process, n: int) -> None:
    until(lambda: system.provider.summary()["accepted"] >= n / 2, "half of the messages")
    worker.kill()
    say(f"  killed at {system.provider.summary()['accepted']}")
    time.sleep(1.0)
    worker.start()


def _done(edition_id: int, n: int) -> bool:
    return readership.settled(edition_id) == n
