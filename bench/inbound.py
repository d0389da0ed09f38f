"""People answer their reminders: webhooks accepted a second, and how long until every answer is an entry.

Then the same once more while the worker is killed and Redis emptied: what is accepted must become entries all the same.
"""

import argparse
import time
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import text

from bench import measure, population
from bench.command import Report
from bench.stage import Stage, say, until
from bench.webhooks import CALLERS, Answer, Webhooks
from jobs.rounds import ask_members
from jobs.sweeps import OVERDUE, sweep_received
from models import clock
from models.db import transaction

N = 2_000
FIRST = 20  # replies before the clock starts: processes import what they need with the first
ORDEAL = 400  # replies at most while things die
CLIENTS = ("gmail", "outlook", "apple", "iphone", "android", "plain", "none")
PATIENCE = 300.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    ordeal = min(ORDEAL, n)
    system.start("web")
    system.start_workers(options.workers)
    mails = _answers(system, FIRST + n + ordeal)
    webhooks = Webhooks(system)
    webhooks.wait_for_server()
    _answer(webhooks, mails[:FIRST])
    say(f"{n} replies")
    measured = _measured(system, webhooks, mails[FIRST : FIRST + n])
    say(f"{ordeal} more, with a kill -9 and an empty Redis")
    _survive(system, webhooks, mails[FIRST + n :])
    return {"name": "inbound", "n": n, **measured, "ordeal": ordeal, **_accounted(len(mails))}


def _answers(system: Stage, n: int) -> list[bytes]:
    """Everybody is asked, and writes back from the program they use; the webhooks' bodies."""
    population.settle_in(n, system.variables["BASE_URL"])
    ask_members.later()
    system.provider.wait_for(n, PATIENCE, lambda accepted: say(f"  {accepted} of {n} asked"))
    system.provider.set(inbound_url="")
    record = system.provider.record()
    return [orjson.dumps(_reply(system, place, row)) for place, row in enumerate(record)]


def _reply(system: Stage, place: int, row: dict[str, Any]) -> dict[str, Any]:
    words = f"Finished chapter {place}\nTalked to Grace about chapter {place + 1}"
    return system.provider.reply(row["id"], text=words, client=CLIENTS[place % len(CLIENTS)])


def _measured(system: Stage, webhooks: Webhooks, mails: list[bytes]) -> Report:
    system.usage.forget()
    answers, accepted, stored = _answer(webhooks, mails)
    usage = system.usage.as_json()
    return {
        "seconds": round(stored, 2),
        "per_second": measure.per_second(len(mails), stored),
        "accepted_seconds": round(accepted, 2),
        "accepted_per_second": measure.per_second(len(mails), accepted),
        **measure.percentiles([answer.seconds for answer in answers]),
        "peak_rss_mb": usage["web"]["peak_rss_mb"],
        "callers": CALLERS,
        "processes": usage,
    }


def _answer(webhooks: Webhooks, mails: list[bytes]) -> tuple[list[Answer], float, float]:
    """The webhooks' answers, and seconds until all were accepted, and until all were entries."""
    before, began = _answered(), time.perf_counter()
    answers = _post(webhooks, mails)
    accepted = time.perf_counter() - began
    until(lambda: _answered() >= before + len(mails), "every reply to become an entry", PATIENCE)
    return answers, accepted, time.perf_counter() - began


def _survive(system: Stage, webhooks: Webhooks, mails: list[bytes]) -> None:
    """Half of them while a worker reads, which dies with what it holds; half with nobody there, and Redis emptied.

    The sweep finds what is overdue: for its minute the clock is put forward.
    """
    before, half = _answered(), len(mails) // 2
    _post(webhooks, mails[:half])
    for worker in system.named("worker"):
        worker.kill()
    _post(webhooks, mails[half:])
    system.redis.flushall()
    clock.move_to(clock.now() + OVERDUE + timedelta(seconds=1))
    system.start_workers()
    sweep_received.later()
    until(lambda: _answered() >= before + len(mails), "every reply to become an entry all the same", PATIENCE)


def _post(webhooks: Webhooks, mails: list[bytes]) -> list[Answer]:
    """Every one must be accepted."""
    answers = webhooks.post(mails)
    if refused := [answer.status for answer in answers if answer.status != 200]:
        raise RuntimeError(f"{len(refused)} of {len(mails)} webhooks were answered with {set(refused)}")
    return answers


def _accounted(n: int) -> Report:
    return {
        "lost": n - _answered(),
        "duplicates": _count("select count(*) - count(distinct (prompt_id, kind, body)) from entries"),
        "states": dict(_rows("select state, count(*) from inbound_emails group by 1")),
    }


def _answered() -> int:
    """Replies that are entries."""
    return _count("select count(distinct inbound_email_id) from entries")


def _count(query: str) -> int:
    return int(_rows(query)[0][0])


def _rows(query: str) -> list[Any]:
    with transaction() as tx:
        return [tuple(row) for row in tx.execute(text(query))]
