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
SERIAL = 500  # rows at most, one by one
PATIENCE = 600.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.provider.behave(latency_ms=options.latency_ms)
    system.start("web")
    system.start_workers(options.workers)
    roster = Roster(system, 10)
    roster.take(PATIENCE)  # processes import what they need with the first
    system.usage.forget()
    roster, began = Roster(system, n, start=10), time.perf_counter()
    say(f"{n} rows")
    roster.upload()
    uploaded = time.perf_counter() - began
    roster.check(PATIENCE)
    checked = time.perf_counter() - began
    roster.run()
    until(roster.is_done, "the last receipt", PATIENCE)
    seconds = time.perf_counter() - began
    usage = system.usage.as_json()
    until(lambda: not roster.on_their_way(), "the last invitation", PATIENCE)
    invited = time.perf_counter() - began
    return {
        "name": "import",
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(n, seconds),
        "uploaded_seconds": round(uploaded, 2),
        "checked_seconds": round(checked, 2),
        "invited_seconds": round(invited, 2),
        "serial_per_second": _serial(system, n),
        **roster.reckon(),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        **circumstances(options, usage),
    }


def _serial(system: Stage, n: int) -> float:
    """Rows a second when each has a transaction of its own, one after another, and no worker helps."""
    for process in system.named("worker"):
        process.stop()
    roster = Roster(system, min(n, SERIAL), start=10 + n)
    roster.upload()
    roster.check_here()
    roster.set_running()
    with transaction() as tx:
        ids = ImportRow.pending(tx, roster.number, 0, roster.n)
    began = time.perf_counter()
    for number in ids:
        import_row(number)
    return measure.per_second(len(ids), time.perf_counter() - began)
