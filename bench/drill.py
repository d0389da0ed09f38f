"""python -m bench.drill NAME [--n N] [--seed S] [--json]"""

import argparse
import sys

from bench.command import Entry, main

# Short, so that a drill takes a minute or two. The sandbox's index lags a quarter of what we allow it.
TUNING = {"STALE_AFTER": "10", "PROVIDER_INDEX_LAG": "20"}
ABOUT = {
    "kill-worker": "kill -9 for the worker every 1 to 3 s",
    "kill-scheduler": "kill -9 for the scheduler every 1 to 3 s; nothing else makes it tick",
    "kill-web": "kill -9 for the web server while the provider reports what was delivered",
    "wipe-redis": "FLUSHALL every 1 to 3 s",
    "restart-redis": "the queue's server stopped or killed, and started again, every 2 to 5 s",
    "restart-postgres": "the database crashed (immediate shutdown) and started again every 4 to 8 s",
    "provider-chaos": "429, 500, resets after acceptance, half a batch accepted, slow answers, a lagging search",
    "deploy": "a new worker and scheduler every 5 s, the old ones told to stop while the new ones start",
    "two-of-everything": "two schedulers, three workers, every tick twice",
    "everything": "all of these at once",
}
SENDS = ("reminders", "newsletter")  # bench.sends has them
DRILLS = {name: Entry(about, "bench.drilling", TUNING) for name, about in ABOUT.items()} | {
    "kill-import": Entry(
        "kill -9 for a worker every second while a file of people is imported", "bench.importing", TUNING
    ),
    "deploy-import": Entry(
        "new workers every 5 s, the old ones told to stop, while a file of people is imported",
        "bench.importing",
        TUNING,
    ),
    "kill-undo": Entry(
        "kill -9 for a worker every second while an import over people who were partly here is undone",
        "bench.undoing",
        TUNING,
    ),
    "awkward-files": Entry(
        "files that are meant to do harm, through the page and the API: bombs, lines without end, cut uploads",
        "bench.awkward",
    ),
    "fuzz-inbound": Entry(
        "10,000 spoilt payloads and MIME files: none may hurt, none may vanish", "bench.fuzzing", TUNING
    ),
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="makes the times of all kills and faults repeatable (1)")
    parser.add_argument("--send", choices=SENDS, default="reminders", help="what is sent meanwhile (reminders)")
    parser.add_argument("--seconds", type=float, default=45, help="over which people fall due, and things die (45)")
    parser.add_argument("--verify", action="store_true", help="of an import: check the addresses first")


if __name__ == "__main__":
    try:
        sys.exit(main("bin/drill", DRILLS, options))
    except KeyboardInterrupt:
        sys.exit(130)
