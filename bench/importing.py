"""An import goes on while workers die or are replaced: every row exactly once, and the finished file as expected."""

import argparse
import threading
import time

from sqlalchemy.exc import SQLAlchemyError

from bench import measure, troubles
from bench.command import Report
from bench.roster import Roster
from bench.stage import Stage
from bench.ticking import awaited, ticking
from bench.troubles import Trouble

N = 10_000
PATIENCE = 240.0


class DeployAgain(troubles.Deploy):
    every = (1.0, 1.0)  # seconds from one's end to the next: an import takes no longer than a deploy


PLANS: dict[str, type[Trouble]] = {"kill-import": troubles.KillWorkerEverySecond, "deploy-import": DeployAgain}


def run(system: Stage, options: argparse.Namespace) -> Report:
    system.start_nameserver()
    system.start("web")
    system.start("scheduler")
    system.start_workers(2)
    roster = Roster(system, options.n or N, verified=options.verify)
    trouble = PLANS[options.name](system, options.seed, threading.Event(), 1.0)
    began = time.time()
    with ticking():
        roster.upload()
        with trouble.going_on():
            _import(roster, options.seconds)
        settled = awaited(lambda: _open(roster), PATIENCE)
    return _report(system, options, roster, time.time() - began, trouble.strikes, settled)


def _import(roster: Roster, seconds: float) -> None:
    roster.check(PATIENCE)
    roster.run()
    awaited(lambda: _open(roster), seconds)


def _open(roster: Roster) -> int:
    """Rows without a receipt, else invitations that are on their way."""
    try:
        return roster.pending() or roster.on_their_way()
    except SQLAlchemyError:
        return -1


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
