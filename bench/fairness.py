"""One worker, busy with a newsletter to N and 10,000 rows of an import: how long do people wait for their sign-in mail?

Somebody asks for one every 200 ms for 20 s, as the sign-in page does; in the middle 500 reminders fall due. What counts
is the time from asking until the provider accepted the mail, by its own record.
"""

import argparse
import threading
import time
from typing import Any

from sqlalchemy import text

from bench import account, measure, newsletter, population, readership
from bench.command import Report
from bench.reminders import PATIENCE, Telling
from bench.sent import circumstances
from bench.stage import Stage, say, until
from bench.ticking import warm_up
from bench.work import import_row
from config import settings
from jobs.deliveries import nudge
from jobs.rounds import ask_members
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.sign_in import SignIn
from models.user import User

N = 100_000
ROWS = 10_000  # of the import, 50 ms each
MEMBERS = 500  # who are reminded in the middle, and of whom some sign in
SECONDS = 20.0
INTERVAL = 0.2
AIM_MS = 1000


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    share = min(1.0, n / N)  # small runs are short ones
    system.provider.behave(latency_ms=options.latency_ms)
    edition_id = _settle_in(system, n, options.workers)
    began = time.time()
    newsletter.publish(edition_id)
    import_row.later_each(range(int(ROWS * share)))
    until(lambda: system.provider.summary()["accepted"] > n * 0.02, "the newsletter to go out")
    asked, due = _ask(max(2.0, SECONDS * share))
    say(f"{len(asked)} sign-ins asked for, {MEMBERS} reminders due")
    ended = system.provider.wait_for(n + 1 + len(asked) + MEMBERS, PATIENCE, Telling(n))
    until(lambda: newsletter.settled(n), "the last answers to be recorded")
    record = system.provider.record()
    over = max(row["accepted_at"] for row in record if row["Tag"] == "edition")
    whole = {"name": "fairness", "n": n, "seconds": round(ended - began, 2)}
    whole |= {"per_second": measure.per_second(n, over - began)} | _told(system, record, asked, over, due)
    return whole | circumstances(options, system.usage.as_json())


def _settle_in(system: Stage, n: int, workers: int) -> int:
    """The edition's id. The members' hour comes when we say so; the workers have done one of each already."""
    edition_id = readership.subscribe(n, system.variables["BASE_URL"])
    population.settle_in(MEMBERS, system.variables["BASE_URL"])
    _plan("null")
    system.start_workers(workers)
    warm_up(system)
    _sign_in_somebody(system)
    return edition_id


def _plan(moment: str) -> None:
    with transaction() as tx:
        tx.execute(text(f"update team_members set next_reminder_at = {moment}"))


def _sign_in_somebody(system: Stage) -> None:
    """The worker imports what it needs with the first."""
    _sign_in(MEMBERS)
    system.provider.wait_for(1, PATIENCE, lambda _: None)


def _ask(seconds: float) -> tuple[dict[int, float], float]:
    """`{delivery id: when it was asked for}`, and when the reminders fell due; Unix times."""
    asked: dict[int, float] = {}
    began, due = time.time(), 0.0
    for turn in range(int(seconds / INTERVAL)):
        time.sleep(max(0.0, began + turn * INTERVAL - time.time()))
        if not due and time.time() > began + seconds / 2:
            due = time.time()
            threading.Thread(target=_remind).start()
        now = time.time()
        asked[_sign_in(turn % (MEMBERS - 1) + 1)] = now
    return asked, due


def _sign_in(user_id: int) -> int:
    """As the sign-in page does it; the delivery's id."""
    with transaction() as tx:
        user = tx.get_one(User, user_id)
        sign_in = SignIn.ask(tx, user)
        assert sign_in
        ids = Delivery.address(tx, "sign_in", [Addressee(sign_in.workspace_id, sign_in.id, user.email)])
    nudge("sign_in", ids)
    return ids[0]


def _remind() -> None:
    _plan("now()")
    ask_members.later()


def _told(system: Stage, record: list[dict[str, Any]], asked: dict[int, float], over: float, due: float) -> Report:
    """How long people waited, in all and until the newsletter was `over`, and what became of the rest."""
    waits = _waits(record, asked)
    during = [wait for number, wait in waits.items() if asked[number] + wait < over]
    told = measure.percentiles(list(waits.values()))
    return {
        **told,
        "asked": len(asked),
        "while_the_newsletter_ran": {"asked": len(during), **measure.percentiles(during)},
        "reminders_sent_seconds": _reminded(record, due),
        "rows_left": int(system.redis.llen("rq:queue:low")),
        "lost": len(asked) - len(waits),
        "aim_met": told.get("p95_ms", 0) < AIM_MS,
        "newsletter": account.ledger("edition"),
        "slots": settings.job_concurrency,
    }


def _waits(record: list[dict[str, Any]], asked: dict[int, float]) -> dict[int, float]:
    """`{delivery id: seconds}`"""
    accepted = {int(row["Metadata"]["delivery"]): row["accepted_at"] for row in record if row["Tag"] == "sign_in"}
    return {number: accepted[number] - moment for number, moment in asked.items() if number in accepted}


def _reminded(record: list[dict[str, Any]], due: float) -> float | None:
    """Seconds until the provider had the last reminder; None when it has not got all."""
    moments = [row["accepted_at"] for row in record if row["Tag"] == "reminder"]
    return round(max(moments) - due, 2) if len(moments) == MEMBERS else None
