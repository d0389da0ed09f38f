"""How well and how fast replies are read: every labelled reply of the tests, and mail written to keep a worker busy.

The answer counts as found when it is the labelled one to the letter. Times are of the whole of `extract`.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from bench import measure
from bench.command import Report
from bench.hostile import PAGES, TEXTS, filled
from bench.stage import say
from emails.reply_text import VERSION, Reply, extract
from tests.emails.reply_text.cases import Case, cases

ROUNDS = 5  # of all labelled replies
TRIES = 3  # at most, of a hostile one, of which the fastest counts
ANCHORS = ["reply+1@in.example", "Postroom Daily", "What did you get done today?"]


def run(system: None, options: argparse.Namespace) -> Report:
    labelled = cases()
    rounds = options.n or ROUNDS
    say(f"{len(labelled)} labelled replies, {rounds} times")
    seconds = [_seconds(partial(_read, case)) for _ in range(rounds) for case in labelled]
    say(f"{len(TEXTS) + len(PAGES)} hostile mails")
    report = {"name": "replies", **_speed(seconds), **_accuracy(labelled), **_hostility(min(rounds, TRIES))}
    _tell(report)
    return report


def _speed(seconds: list[float]) -> Report:
    shares = measure.percentiles(seconds)
    return {
        "n": len(seconds),
        "seconds": round(sum(seconds), 2),
        "per_second": measure.per_second(len(seconds), sum(seconds)),
        "median_ms": round(sorted(seconds)[len(seconds) // 2] * 1000, 3),
        "p99_ms": shares["p99_ms"],
        "worst_ms": shares["max_ms"],
    }


def _accuracy(labelled: list[Case]) -> Report:
    judged = [(case, _is_right(case)) for case in labelled]
    return {
        "version": VERSION,
        "labelled": len(judged),
        "right": sum(right for _, right in judged),
        "languages": _shares((case.language, right) for case, right in judged),
        "clients": _shares((case.client, right) for case, right in judged),
    }


def _hostility(tries: int) -> Report:
    cost = _hostile(tries)
    worst = next(iter(cost))
    return {"hostile": len(cost), "hostile_worst_ms": cost[worst], "hostile_worst": worst, "hostile_ms": cost}


def _read(case: Case) -> Reply:
    return extract(case.parts.get("mail"), case.parts.get("html"), anchors=case.anchors)


def _is_right(case: Case) -> bool:
    reply = _read(case)
    return (reply.text, reply.confident) == (case.answer.strip("\n"), case.sure)


def _shares(judged: Iterable[tuple[str, bool]]) -> Report:
    """Group → "right of all", the largest first."""
    found: dict[str, list[bool]] = defaultdict(list)
    for group, right in judged:
        found[group].append(right)
    ordered = sorted(found, key=lambda name: (-len(found[name]), name))
    return {name: f"{sum(found[name])} of {len(found[name])}" for name in ordered}


def _hostile(tries: int) -> dict[str, float]:
    """Name → milliseconds for 64 KiB of it, the worst first."""
    mails = {f"text: {name}": (filled(unit) + "x", "") for name, unit in TEXTS.items()}
    mails |= {f"page: {name}": ("", page) for name, page in PAGES.items()}
    cost = {name: min(_cost(*mail) for _ in range(tries)) for name, mail in mails.items()}
    return {name: round(cost[name] * 1000, 1) for name in sorted(cost, key=lambda name: -cost[name])}


def _cost(text: str, page: str) -> float:
    return _seconds(lambda: extract(text, page, anchors=ANCHORS))


def _seconds(read: Callable[[], Reply]) -> float:
    began = time.process_time()
    read()
    return time.process_time() - began


def _tell(report: Report) -> None:
    for title in ("languages", "clients"):
        for name, share in report[title].items():
            print(f"{title[:-1]:10} {name:24} {share:>12}", file=sys.stderr)
    for name, cost in list(report["hostile_ms"].items())[:10]:
        print(f"{'hostile':10} {name:44} {cost:>9} ms", file=sys.stderr)
    for name in ("median_ms", "p99_ms", "worst_ms", "hostile_worst_ms"):
        print(f"{name:20} {report[name]:>9}", file=sys.stderr)
