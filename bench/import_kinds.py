"""The same people imported as contacts, and as subscribers, of whom history and counts are kept by triggers."""

import argparse
import time
from typing import Any

import requests
from sqlalchemy import text

from bench import measure, peaks
from bench.command import Report
from bench.sent import circumstances
from bench.stage import Stage, say, until
from jobs.imports import sweep_imports
from models.api_key import ApiKey, Scope
from models.db import transaction
from models.publication import Publication
from models.user import User
from models.workspace import Workspace

N = 100_000
CONSENT = "signed up at the fair"
KINDS = ("contacts", "subscribers")
WARM_UP = 10  # rows before those that are measured


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.start("web")
    system.start_workers(options.workers)
    until(lambda: requests.get(f"{system.variables['BASE_URL']}/health", timeout=5).ok, "the web", pause=0.2)
    ask = _program(system)
    found = {}
    for place, kind in enumerate(KINDS):
        _import(ask, kind, f"warm{place}", WARM_UP)
        found[kind] = _measured(system, ask, kind, place, n)
        say(f"{kind}: {found[kind]}")
    last = found[KINDS[-1]]
    told = {"name": "import-kinds", "n": n, "seconds": last["seconds"], "per_second": last["per_second"], **found}
    return told | circumstances(options, system.usage.as_json())


def _measured(system: Stage, ask: Any, kind: str, place: int, n: int) -> Report:
    peaks.forget(system)
    system.usage.forget()
    began = time.perf_counter()
    states = _import(ask, kind, f"people{place}", n)
    seconds = time.perf_counter() - began
    cost = {name: round(each["cpu_seconds"] / n * 1e6) for name, each in system.usage.as_json().items()}
    speed = {"seconds": round(seconds, 2), "per_second": measure.per_second(n, seconds), "cpu_us_per_row": cost}
    return {**speed, **peaks.megabytes(system), "states": states, "lost": n - _known(kind, f"people{place}")}


def _program(system: Stage) -> Any:
    """What a program does with a key: `ask(method, path, …)`."""
    with transaction() as tx:
        owner = User.called(tx, "owner@people.example")
        place = Workspace.set_up(tx, name="People", base_url=system.variables["BASE_URL"], owner=owner)
        tx.add(Publication(workspace=place, name="Notes"))
        bearer = ApiKey.issue(tx, place.id, "A benchmark", Scope)

    def ask(method: str, path: str, **said: Any) -> Any:
        url = f"{system.variables['BASE_URL']}/api/v1/imports{path}"
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "text/csv"}
        answer = requests.request(method, url, headers=headers, timeout=120, **said)
        answer.raise_for_status()
        return answer.json()

    return ask


def _import(ask: Any, kind: str, word: str, n: int) -> dict[str, int]:
    """From the upload to the last receipt: `{state: rows}`."""
    lines = (f"{word}{number}@people.example,Person {number}" for number in range(n))
    about = {"kind": kind, "dry_run": "no", "name": "people.csv"}
    about |= {"publication": "1", "consent": CONSENT} if kind == "subscribers" else {}
    made = ask("POST", "", params=about, data="\n".join(["email,name", *lines]).encode())
    while (told := ask("GET", f"/{made['id']}"))["state"] != "finished":
        sweep_imports.later()
        time.sleep(0.5)
    return dict(told["states"])


def _known(kind: str, word: str) -> int:
    """How many of them are there, by the rows of their own."""
    with transaction() as tx:
        return int(tx.scalar(_KNOWN[kind], {"like": f"{word}%"}) or 0)


_KNOWN = {
    "contacts": text("select count(*) from contacts where email like :like"),
    "subscribers": text("""
        select count(*) from subscriptions s join contacts c on c.id = s.contact_id
        where c.email like :like and s.state = 'active'
    """),
}
