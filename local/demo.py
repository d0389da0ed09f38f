"""bin/demo: the whole of Postroom on this machine: two working days of a team around the world, and a newsletter.

Nothing is skipped: the demo moves the clock to the next hour at which something is due and runs the tick that the
scheduler runs every minute. The mails go to the sandbox over Postmark's API, and the answers come from there.
"""

import argparse
import json
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import requests

from local import environment, guard, servers
from local.dev import SANDBOX, migrate
from local.processes import Processes

SMALL, BIG = 1_000, 100_000  # readers of the newsletter
NAMES = [sys.executable, "-m", "local.nameserver"]  # of addresses' domains: the demo asks nobody outside


def main() -> None:
    asked = _arguments()
    guard.unwind_on_sigterm()
    started = time.monotonic()
    with ExitStack() as stack:
        addresses = stack.enter_context(servers.running("demo", shared=False))
        variables = environment.prepared("demo", addresses)
        _empty(variables)
        migrate(variables)
        log = addresses.folder / "output.log"
        processes = stack.enter_context(Processes(variables, stack.enter_context(log.open("w"))))
        _start(processes)
        os.environ.update(variables)
        day, hour = _play(BIG if asked.big else SMALL)
        _say(f"\nPlayed in {time.monotonic() - started:.0f} s. The processes wrote {log.relative_to(Path.cwd())}")
        if not asked.once:
            _serve(variables, hour)
        print(json.dumps(day | {"seconds": round(time.monotonic() - started, 1)}), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="Postroom, with two days and a newsletter.")
    parser.add_argument("--big", action="store_true", help=f"send the newsletter to {BIG:,} people, not to {SMALL:,}")
    parser.add_argument("--once", action="store_true", help="stop after them, with a line of JSON")
    return parser.parse_args()


def _empty(variables: dict[str, str]) -> None:
    """Every demo begins on the first day, at the real time."""
    with psycopg2.connect(variables["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
    connection.close()
    Path(variables["CLOCK_FILE"]).unlink(missing_ok=True)


def _start(processes: Processes) -> None:
    variables = processes.environment
    processes.start("sandbox", SANDBOX)
    processes.start("names", [*NAMES, variables["DNS_SERVERS"].rpartition(":")[2]])
    processes.start("web")
    processes.start("worker")
    processes.start("scheduler")
    _wait_for(f"{variables['POSTMARK_API_URL']}/sandbox/record/summary")
    _wait_for(f"{variables['BASE_URL']}/health")


def _wait_for(url: str, patience: float = 30.0) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.RequestException:
            pass
        if time.monotonic() > deadline:
            sys.exit(f"{url} does not answer; .local/demo/output.log says why")
        time.sleep(0.05)


def _play(readers: int) -> tuple[dict[str, object], str]:
    """What was counted, and what time it is after those days."""
    # The rooms read their environment when they are imported, so not before it is there.
    from local import newsletter
    from local.day import Day

    day = Day(_say)
    return day.play() | {"newsletter": newsletter.play(readers, _say)}, day.hour()


def _serve(variables: dict[str, str], hour: str) -> None:
    _say(f"""
Postroom is at       {variables["BASE_URL"]}   (sign in as ada@northwind.example; the link comes by mail:)
its mail arrives at  {variables["POSTMARK_API_URL"]}   (read it, and answer as any of the team)
For Postroom it is {hour}, and time goes on from there. The sandbox keeps the real time.
Ctrl-C ends it all.""")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        _say("")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
