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
from jobs.imports import import_row
from models.db import transaction
from models.imports.row import ImportRow

N = 10_000
WARM_UP = 10  # rows before those that are measured
SERIAL = 500  # rows at most, one by one
PATIENCE = 600.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    _prepare(system, options)
    roster = Roster(system, n, start=WARM_UP)
    say(f"{n} rows")
    moments = _import(roster)
    usage = system.usage.as_json()
    until(lambda: not roster.on_their_way(), "the last invitation", PATIENCE)
    return {
        "name": "import",
        "n": n,
        "per_second": measure.per_second(n, moments["seconds"]),
        **{name: round(moment, 2) for name, moment in moments.items()},
        "serial_per_second": _serial(system, n),
        **roster.reckon(),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        **circumstances(options, usage),
    }


def _prepare(system: Stage, options: argparse.Namespace) -> None:
    """Processes import what they need with the first rows."""
    system.provider.behave(latency_ms=options.latency_ms)
    system.start("web")
    system.start_workers(options.workers)
    Roster(system, WARM_UP).take(PATIENCE)
    system.usage.forget()


def _import(roster: Roster) -> dict[str, float]:
    """When each part of it was over, in seconds since the upload began."""
    began = time.perf_counter()
    roster.upload()
    uploaded = time.perf_counter() - began
    roster.check(PATIENCE)
    checked = time.perf_counter() - began
    roster.run()
    until(roster.is_done, "the last receipt", PATIENCE)
    return {
        "seconds": time.perf_counter() - began,
        "uploaded_seconds": uploaded,
        "checked_seconds": checked,
    }


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
