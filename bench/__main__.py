"""python -m bench NAME [--n N] [--json]"""

import argparse
import sys

from bench.command import Entry, main

BENCHES = {
    "reminders": Entry("N members due in the same minute, until the provider has the last mail", "bench.reminders"),
    "newsletter": Entry(
        "one edition of 20 KB to N subscribers, until the provider has the last copy", "bench.newsletter"
    ),
    "floor": Entry("prepared letters from a bare loop to the sandbox: nobody sends faster here", "bench.floor"),
    "memory": Entry("what a newsletter takes of a worker's memory and of Redis, sampled while it goes", "bench.memory"),
    "fairness": Entry(
        "sign-in mails and reminders while a newsletter and an import keep the worker busy", "bench.fairness"
    ),
    "peers": Entry(
        "the same send through rq, Celery, Dramatiq, taskiq, post_office and ours, and with a kill -9",
        "bench.peers.race",
        {"STALE_AFTER": "16", "PROVIDER_INDEX_LAG": "30"},  # as long as the peers may take to notice a dead worker
    ),
    "enqueue": Entry(
        "jobs enqueued a second, one by one and by the thousand, and what they take of Redis", "bench.enqueue"
    ),
    "worker": Entry("jobs a second of one worker: empty ones, in chunks, and with 60 ms of waiting", "bench.worker"),
    "inbound": Entry("replies accepted a second and how long until they are entries", "bench.inbound"),
    "large-mail": Entry("mails with 35 MB attached, two at once: what they take of each process", "bench.large_mail"),
    "replies": Entry(
        "labelled replies read right, by language and program, and what hostile mail costs",
        "bench.replies",
        staged=False,
    ),
    "import": Entry(
        "a file of N people, from its upload until each row has its receipt; and some in one serial job",
        "bench.imports",
    ),
    "import-kinds": Entry("the same N people imported as contacts, and as subscribers", "bench.import_kinds"),
    "audience": Entry(
        "a segment of three conditions over N subscribers, counted, and frozen as an edition's audience",
        "bench.audience",
    ),
    "pages": Entry("every page there is, opened with N contacts in the database", "bench.pages"),
    "sandbox": Entry("what the local provider takes by itself: all other figures end there", "bench.sandbox"),
}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--latency-ms", type=float, default=60, help="what each call of the provider takes (60)")
    parser.add_argument("--workers", type=int, default=1, help="worker processes (1)")
    parser.add_argument("--only", default="", help="of the peers, those whose name holds this word")
    parser.add_argument("--verify", action="store_true", help="of an import: check the addresses first")


if __name__ == "__main__":
    try:
        sys.exit(main("bin/bench", BENCHES, options))
    except KeyboardInterrupt:
        sys.exit(130)
