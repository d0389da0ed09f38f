"""Postroom as a whole: web, worker and sandbox as processes of their own, over HTTP and RQ."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import httpx
import pytest

QUEUES = ("high", "default", "mailers", "low")
PATIENCE = 30.0  # seconds


class Postroom:
    """The running whole, and what a story does with it."""

    def __init__(self, sandbox: httpx.Client) -> None:
        secret = os.environ["WEBHOOK_SECRETS"].partition(",")[0]
        hooks = os.environ["BASE_URL"].replace("://", f"://postmark:{secret}@") + "/webhooks/postmark"
        self.webhooks = {"events_url": f"{hooks}/events", "inbound_url": f"{hooks}/inbound"}
        self.sandbox = sandbox
        self.web = httpx.Client(base_url=os.environ["BASE_URL"], timeout=10)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        address = os.environ["BASE_URL"].removeprefix("http://")
        self._commands = {
            "web": ["-m", "gunicorn", "web.wsgi:app", "--bind", address, "--threads", "4", "--no-control-socket"],
            "worker": ["-m", "jobs.worker", *QUEUES],
            "second worker": ["-m", "jobs.worker", *QUEUES],
        }

    def start(self, name: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, *self._commands[name]]
        self.processes[name] = subprocess.Popen(command, env={**os.environ, "JOB_CONCURRENCY": "10", **environment})
        return self.processes[name]

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        self.processes[name].send_signal(how)
        return self.processes[name].wait(40)

    def tick(self) -> None:
        """What the scheduler does every minute, and all that follows from it."""
        from jobs.tick import tick

        tick.later()
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is queued, running or on its way."""
        self.until(self._is_quiet, "everything settles")

    def until(self, happened: Any, what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < end, f"waited {PATIENCE} s until {what}"
            time.sleep(0.02)

    def sent(self, **query: str) -> list[dict[str, Any]]:
        """What the sandbox has, oldest first, with bodies."""
        found = self.sandbox.get("/sandbox/messages", params={"limit": "500", **query}).raise_for_status().json()
        return found["messages"][::-1]

    def record(self) -> dict[str, Any]:
        return self.sandbox.get("/sandbox/record/summary").raise_for_status().json()

    def faults(self, **knobs: Any) -> None:
        self.sandbox.put("/sandbox/faults", json=knobs).raise_for_status()

    def reply(self, message: dict[str, Any], text: str, **how: str) -> dict[str, Any]:
        url = f"/sandbox/messages/{message['id']}/reply"
        return self.sandbox.post(url, json={"text": text, **how}).raise_for_status().json()

    def _is_quiet(self) -> bool:
        """Twice over: between two looks a webhook on its way may have become a job."""
        from jobs.activity import unfinished

        return all(not unfinished() and not self._on_its_way() for _ in range(2))

    def _on_its_way(self) -> int:
        record = self.record()
        return record["undelivered"] + record["webhooks"]["pending"]


@pytest.fixture(scope="module")  # its worker must not take the jobs of other tests
def house(database: None, provider: httpx.Client) -> Iterator[Postroom]:
    whole = Postroom(provider)
    try:
        for name in ("web", "worker"):
            whole.start(name)
        whole.until(lambda: _answers(whole.web, "/health"), "the web answers")
        yield whole
    finally:
        for process in whole.processes.values():
            process.terminate()
        for process in whole.processes.values():
            process.wait(40)


@pytest.fixture
def postroom(house: Postroom) -> Iterator[Postroom]:
    house.sandbox.delete("/sandbox").raise_for_status()
    house.sandbox.patch("/sandbox/settings", json=house.webhooks).raise_for_status()
    yield house
    from jobs.connection import redis_connection

    house.sandbox.delete("/sandbox/faults").raise_for_status()
    redis_connection().flushdb()  # what a killed worker left would be waited for until it counts as dead
    house.settle()
    house.sandbox.patch("/sandbox/settings", json=dict.fromkeys(house.webhooks, "")).raise_for_status()


@pytest.fixture
def team(clock: Any) -> Any:
    """Ada's, with Grace and Kenji, on a Monday at the hour at which all are asked."""
    from tests.stories import replies

    clock.at("2026-03-02 00:00")
    made = replies.team()
    clock.at("2026-03-02 18:00")
    return made


@pytest.fixture
def asked(postroom: Postroom, team: Any) -> dict[str, Any]:
    """Ada's reminder."""
    postroom.tick()
    return postroom.sent(tag="reminder", to="ada@example.com")[0]


@pytest.fixture
def write(postroom: Postroom) -> Callable[..., Any]:
    from tests.stories import replies

    return partial(replies.write, postroom)


def _answers(client: httpx.Client, path: str) -> bool:
    try:
        return client.get(path).status_code == 200
    except httpx.TransportError:
        return False
