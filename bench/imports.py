"""A file of N people uploaded through the page, checked, run: until the last row has its receipt.

And some of the same rows one after another, in one serial job, which is what an import was before rows were jobs.
"""

import argparse
import time

from bench import measure
from bench.command import Report
from bench.roster import Roster
from bench.sent import circumstances
from bench.stage import Stage, say, until
from bench.tenths import tenths
from jobs.imports import import_row, sweep_imports
from models.db import transaction
from models.imports.row import ImportRow

N = 10_000
WARM_UP = 10  # rows before those that are measured
SERIAL = 500  # rows at most, one by one
PATIENCE = 60.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    _prepare(system, options)
    roster = Roster(system, n, start=WARM_UP, verified=options.verify)
    say(f"{n} rows")
    figures = _import(roster)
    usage = system.usage.as_json()
    until(lambda: not roster.on_their_way(), "the last invitation", _patience(n))
    return {
        "name": "import",
        "n": n,
        "per_second": measure.per_second(n, figures["seconds"]),
        **figures,
        "opened_ms": _opened(roster),
        "serial_per_second": _serial(system, n),
        **roster.reckon(),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        **circumstances(options, usage),
    }


def _patience(n: int) -> float:
    return max(600.0, n / 200)  # seconds


def _prepare(system: Stage, options: argparse.Namespace) -> None:
    """Processes import what they need with the first rows."""
    system.provider.behave(latency_ms=options.latency_ms)
    system.start_nameserver()
    system.start("web")
    system.start_workers(options.workers)
    Roster(system, WARM_UP).take(PATIENCE)
    system.usage.forget()


def _import(roster: Roster) -> Report:
    """When each part of it was over, in seconds since the upload began, and the speed of each tenth of two of them."""
    began = time.perf_counter()
    patience = _patience(roster.n)
    roster.upload()
    moments = {"uploaded_seconds": time.perf_counter() - began}
    roster.begin_check()
    checks = tenths("checked", roster.n, lambda: roster.read_to() - 1, patience, lambda _: None)
    roster.wait_until_checked(patience)
    moments["checked_seconds"] = time.perf_counter() - began
    roster.run()
    opened: dict[str, float] = {}
    runs = tenths("done", roster.n, lambda: _done(roster), patience, lambda tenth: _look(roster, tenth, opened))
    moments["seconds"] = time.perf_counter() - began
    told = {name: round(moment, 2) for name, moment in moments.items()}
    return {**told, "checked_per_second": checks, "done_per_second": runs, "opened_half_way_ms": opened}


def _done(roster: Roster) -> int:
    return roster.n - roster.pending()


def _look(roster: Roster, tenth: int, opened: dict[str, float]) -> None:
    """What a tick does, since none comes by itself here; and half-way, the pages that somebody watches."""
    sweep_imports.later()
    if tenth == 5:
        opened |= _opened(roster)


def _opened(roster: Roster) -> dict[str, float]:
    """Milliseconds until each page is there, at most."""
    last = f"/rows?after={roster.n}"
    return {path or "/": roster.opened(path) for path in ("", "/rows", "/rows?state=invalid", last)}


def _serial(system: Stage, n: int) -> float:
    """Rows a second when each has a transaction of its own, one after another, and no worker helps."""
    for process in system.named("worker"):
        process.stop()
    roster = Roster(system, min(n, SERIAL), start=WARM_UP + n)
    roster.upload()
    roster.check_here()
    roster.set_running()
    with transaction() as tx:
        ids = ImportRow.pending(tx, roster.number, 0, roster.n)
    began = time.perf_counter()
    for number in ids:
        import_row(number)
    return measure.per_second(len(ids), time.perf_counter() - began)
