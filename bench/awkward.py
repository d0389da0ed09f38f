"""Files that are meant to do harm, through the page and the API: each gets a clear error soon, and leaves nothing.

What is refused at the door is told in its answer. What shows only further into a file is told by the import, which a
worker reads; those are sent through the API alone, since from there on both are one.
"""

import argparse
import http.client
import time
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import text

from bench import peaks
from bench.bombs import BOMBS, Bomb
from bench.command import Report
from bench.posting import Door, Outcome, posted
from bench.roster import Roster
from bench.stage import Stage, say
from models.api_key import ApiKey, Scope
from models.db import transaction
from models.workspace import Workspace

SOON = 30.0  # seconds from the last byte, or from the refusal
MOST = 200.0  # MB of the web server's and of the worker's memory
PATIENCE = 120.0


def run(system: Stage, options: argparse.Namespace) -> Report:
    system.start("web")
    system.start_workers(1)
    Roster(system, 10).take(60)
    doors = _doors(system)
    scale = (options.n or 200) / 200
    found = {}
    for name, bomb in BOMBS.items():
        for door in doors if bomb.at_the_door else doors[1:]:
            found[f"{name}, {door.name}"] = told = _throw(system, door, bomb, scale)
            say(f"  {name}, {door.name}: {told}")
    wrong = [name for name, told in found.items() if not told["as_expected"]]
    largest = {name: max(told[name] for told in found.values()) for name in ("web_mb", "worker_mb", "seconds")}
    clean = not wrong and all(largest[name] < MOST for name in ("web_mb", "worker_mb"))
    return {"name": "awkward-files", "megabytes": 200 * scale, **largest, "wrong": wrong, "clean": clean, "each": found}


def _doors(system: Stage) -> list[Door]:
    """The page, as the owner's browser sends its form, and the API."""
    address = urlsplit(system.variables["BASE_URL"]).netloc
    roster = Roster(system, 1)
    cookie, token = roster.form("/imports/new")
    with transaction() as tx:
        place = Workspace.first(tx)
        assert place
        key = ApiKey.issue(tx, place.id, "Awkward", [Scope.IMPORTS])
    return [
        Door("page", address, "/imports", {"Cookie": cookie}, {"csrf_token": token, "kind": "contacts"}),
        Door("API", address, "/api/v1/imports?kind=contacts", {"Authorization": f"Bearer {key}"}, {}),
    ]


def _throw(system: Stage, door: Door, bomb: Bomb, scale: float) -> dict[str, Any]:
    before = _kept()
    peaks.forget(system)
    began = time.perf_counter()
    outcome = posted(door, bomb, scale)
    if outcome.status == 201:
        outcome = _awaited(door, outcome)
    seconds = time.perf_counter() - began
    left = _kept() - before
    if outcome.number:
        _drop(outcome.number)
    expected = any(words in outcome.words for words in bomb.words) and seconds < SOON + outcome.sending
    return {
        "status": outcome.status,
        "words": outcome.words[:160],
        "sending_seconds": round(outcome.sending, 2),
        "seconds": round(seconds - outcome.sending, 2),
        **peaks.megabytes(system),
        "as_expected": expected and (not left or outcome.number > 0),
    }


def _awaited(door: Door, outcome: Outcome) -> Outcome:
    """What becomes of an import that was taken: until it is read, or refused with the reason."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(door.address, timeout=30)
        connection.request("GET", f"/api/v1/imports/{outcome.number}", headers=door.headers)
        told = outcome.read(connection.getresponse())
        connection.close()
        if told.get("state") != "reading":
            return outcome._replace(words=f"{told.get('state')}: {told.get('problem') or told.get('states')}")
        time.sleep(0.2)
    return outcome._replace(words="still being read")


def _kept() -> int:
    with transaction() as tx:
        return int(tx.scalar(text("select count(*) from imports")) or 0)


def _drop(number: int) -> None:
    with transaction() as tx:
        tx.execute(text("delete from imports where id = :id"), {"id": number})
