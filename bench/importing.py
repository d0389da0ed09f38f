"""An import goes on while workers die or are replaced: every row exactly once, and the finished file as expected."""

import argparse
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from redis import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bench import measure, troubles
from bench.command import Report
from bench.roster import Roster
from bench.stage import Stage, say
from bench.troubles import Trouble
from config import settings
from jobs.tick import tick

N = 10_000
TICK = settings.stale_after / 4  # seconds
PATIENCE = 240.0


class EverySecond(troubles.KillWorker):
    every = (1.0, 1.0)


class DeployAgain(troubles.Deploy):
    every = (1.0, 1.0)  # seconds from one's end to the next: an import takes no longer than a deploy


PLANS: dict[str, type[Trouble]] = {"kill-import": EverySecond, "deploy-import": DeployAgain}


def run(system: Stage, options: argparse.Namespace) -> Report:
    system.start_nameserver()
    system.start("web")
    system.start("scheduler")
    system.start_workers(2)
    roster = Roster(system, options.n or N, verified=options.verify)
    began, over, calm = time.time(), threading.Event(), threading.Event()
    ticking = threading.Thread(target=_keep_ticking, args=[over], daemon=True)
    trouble = PLANS[options.name](system, options.seed, calm, 1.0)
    ticking.start()
    try:
        strikes = _ordeal(roster, trouble, calm, options.seconds)
        settled = _wait(lambda: not _open(roster), PATIENCE)
    finally:
        calm.set()
        over.set()
        ticking.join()
    return _report(system, options, roster, time.time() - began, strikes, settled)


def _ordeal(roster: Roster, trouble: Trouble, calm: threading.Event, seconds: float) -> int:
    """Things die from the upload on, at most for `seconds`; how often they did."""
    roster.upload()
    trouble.start()
    roster.check(PATIENCE)
    roster.run()
    _wait(lambda: not _open(roster), seconds)
    calm.set()
    trouble.join()
    if trouble.failure:
        raise trouble.failure
    return trouble.strikes


def _open(roster: Roster) -> int:
    """Rows without a receipt, else invitations that are on their way."""
    try:
        return roster.pending() or roster.on_their_way()
    except SQLAlchemyError:
        return -1


def _wait(happened: Callable[[], bool], seconds: float) -> bool:
    deadline, told = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        if happened():
            return True
        if time.monotonic() - told > 5:
            say("  going on")
            told = time.monotonic()
        time.sleep(0.1)
    return False


def _keep_ticking(over: threading.Event) -> None:
    while not over.wait(TICK):
        with suppress(RedisError):
            tick.later()


def _report(
    system: Stage, options: argparse.Namespace, roster: Roster, seconds: float, strikes: int, settled: bool
) -> Report:
    found = roster.reckon()
    usage = system.usage.as_json()
    wrong = found["rows_lost"] or found["seats_wrong"] or found["invited_wrong"]
    return {
        "name": options.name,
        "n": roster.n,
        "seed": options.seed,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(roster.n, seconds),
        **found,
        "kills": strikes,
        "clean": settled and found["file_equal"] and not wrong,
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        "processes": usage,
    }
