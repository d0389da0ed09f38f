"""People answer their reminders: webhooks accepted a second, and how long until every answer is an entry."""

import argparse
import http.client
import queue
import threading
import time
from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

import orjson
from sqlalchemy import text

from bench import measure, population
from bench.command import Report
from bench.stage import Stage, say, until
from jobs.rounds import ask_members
from models.db import transaction

N = 2_000
FIRST = 20  # replies before the clock starts: processes import what they need with the first
CALLERS = 10  # as many at once as the provider sends
PATH = "/webhooks/postmark/inbound"
CLIENTS = ("gmail", "outlook", "apple", "iphone", "android", "plain", "none")
PATIENCE = 300.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.start("web")
    system.start_workers(options.workers)
    mails = _answers(system, n + FIRST)
    until(lambda: _serves(system), "the web server to answer")
    _answer(system, mails[:FIRST])
    say(f"{n} replies")
    system.usage.forget()
    waits, accepted, stored = _answer(system, mails[FIRST:])
    usage = system.usage.as_json()
    return {
        "name": "inbound",
        "n": n,
        "seconds": round(stored, 2),
        "per_second": measure.per_second(n, stored),
        "accepted_seconds": round(accepted, 2),
        "accepted_per_second": measure.per_second(n, accepted),
        **measure.percentiles(waits),
        "peak_rss_mb": usage["web"]["peak_rss_mb"],
        "lost": len(mails) - _answered(),
        "duplicates": _count("select count(*) - count(distinct (inbound_email_id, place)) from entries"),
        "states": dict(_rows("select state, count(*) from inbound_emails group by 1")),
        "callers": CALLERS,
        "processes": usage,
    }


def _answers(system: Stage, n: int) -> list[bytes]:
    """Everybody is asked, and writes back from the program they use; the webhooks' bodies."""
    population.settle_in(n, system.variables["BASE_URL"])
    ask_members.later()
    system.provider.wait_for(n, PATIENCE, lambda accepted: say(f"  {accepted} of {n} asked"))
    system.provider.set(inbound_url="")
    record = system.provider.record()
    return [orjson.dumps(_reply(system, place, row)) for place, row in enumerate(record)]


def _reply(system: Stage, place: int, row: dict[str, Any]) -> dict[str, Any]:
    words = f"Finished chapter {place}\nTalked to Grace about chapter {place + 1}"
    return system.provider.reply(row["id"], text=words, client=CLIENTS[place % len(CLIENTS)])


def _answer(system: Stage, mails: list[bytes]) -> tuple[list[float], float, float]:
    """Seconds that each webhook took, until all were accepted, and until all were entries."""
    before, began = _answered(), time.perf_counter()
    waits = _post(system, mails)
    accepted = time.perf_counter() - began
    until(lambda: _answered() >= before + len(mails), "every reply to become an entry", PATIENCE)
    return waits, accepted, time.perf_counter() - began


def _serves(system: Stage) -> bool:
    try:
        _ask(_line(system), "GET", "/", b"", {})
    except OSError:
        return False
    return True


def _post(system: Stage, mails: list[bytes]) -> list[float]:
    """Seconds that each took; every one must be accepted."""
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for mail in mails:
        waiting.put(mail)
    waits: list[float] = []
    threads = [threading.Thread(target=_carry, args=[system, waiting, waits]) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waits) < len(mails):
        raise RuntimeError(f"only {len(waits)} of {len(mails)} webhooks were accepted")
    return waits


def _carry(system: Stage, waiting: "queue.SimpleQueue[bytes]", waits: list[float]) -> None:
    line, headers = _line(system), _headers(system)
    while True:
        try:
            mail = waiting.get_nowait()
        except queue.Empty:
            return
        began = time.perf_counter()
        status = _ask(line, "POST", PATH, mail, headers)
        if status != 200:
            raise RuntimeError(f"a webhook was answered with {status}")
        waits.append(time.perf_counter() - began)


def _line(system: Stage) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(system.variables["BASE_URL"]).netloc, timeout=60)


def _headers(system: Stage) -> dict[str, str]:
    secret = system.variables["WEBHOOK_SECRETS"].split(",")[0]
    shown = b64encode(f"postmark:{secret}".encode()).decode()
    return {"Authorization": f"Basic {shown}", "Content-Type": "application/json"}


def _ask(line: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    line.request(method, path, body, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


def _answered() -> int:
    """Replies that are entries."""
    return _count("select count(distinct inbound_email_id) from entries")


def _count(query: str) -> int:
    return int(_rows(query)[0][0])


def _rows(query: str) -> list[Any]:
    with transaction() as tx:
        return [tuple(row) for row in tx.execute(text(query))]
