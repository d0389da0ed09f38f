"""Spoilt mails by the thousand: each is taken or refused in a sentence, and what was taken ends in a state."""

import argparse
import time
from collections import Counter

from sqlalchemy import text

from bench import measure, population
from bench.command import Report
from bench.inbound import CLIENTS, PATIENCE
from bench.mutations import Spoiler
from bench.stage import Stage, say
from bench.webhooks import Answer, Webhooks
from jobs.activity import unfinished
from jobs.door import queue_named
from jobs.rounds import ask_members
from models.db import transaction

N = 10_000
PEOPLE = 40
PAGE = 500


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.start("web")
    system.start_workers()
    webhooks, spoiler = Webhooks(system), Spoiler(options.seed, _originals(system))
    webhooks.wait_for_server()
    say(f"{n} spoilt mails, seed {options.seed}")
    began = time.perf_counter()
    answers = _post(webhooks, spoiler, n)
    accepted = time.perf_counter() - began
    stuck = _settle()
    return {
        "name": options.name,
        "n": n,
        "seed": options.seed,
        "seconds": round(time.perf_counter() - began, 2),
        "accepted_per_second": measure.per_second(n, accepted),
        **measure.percentiles([answer.seconds for answer in answers]),
        **_account(answers, stuck),
    }


def _account(answers: list[Answer], stuck: int) -> Report:
    """What became of every mail; clean when each was refused, or taken and brought to an end."""
    statuses = Counter(answer.status for answer in answers)
    stored = {answer.stored for answer in answers if answer.stored}
    found = _states()
    wrong = {
        "server_errors": sum(count for status, count in statuses.items() if status >= 500 or status == 0),
        "stuck": stuck,
        "failed_jobs": sum(queue_named(name).failed_job_registry.count for name in ("high", "default", "low")),
        "unaccounted": len(stored) - sum(found.values()),
    }
    return {
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "states": found,
        **wrong,
        "clean": not (any(wrong.values()) or found.get("failed")),
    }


def _originals(system: Stage) -> list[dict[str, object]]:
    """What people would have answered, each from the program they use."""
    population.settle_in(PEOPLE, system.variables["BASE_URL"])
    ask_members.later()
    system.provider.wait_for(PEOPLE, PATIENCE, lambda accepted: say(f"  {accepted} asked"))
    system.provider.set(inbound_url="")
    return [
        system.provider.reply(
            row["id"], text=f"Finished chapter {place}\n! stuck", client=CLIENTS[place % len(CLIENTS)]
        )
        for place, row in enumerate(system.provider.record())
    ]


def _post(webhooks: Webhooks, spoiler: Spoiler, n: int) -> list[Answer]:
    answers: list[Answer] = []
    for start in range(0, n, PAGE):
        answers += webhooks.post([spoiler.body(place) for place in range(start, min(n, start + PAGE))])
        say(f"  {len(answers)} answered")
    return answers


def _settle() -> int:
    """Mails and jobs that are not done when nothing has changed for long."""
    deadline = time.monotonic() + PATIENCE
    while (left := _states().get("received", 0) + unfinished()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def _states() -> dict[str, int]:
    with transaction() as tx:
        rows = tx.execute(text("select state, count(*) from inbound_emails group by 1"))
        return {state: count for state, count in rows}  # noqa: C416
