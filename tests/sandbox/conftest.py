"""A real sandbox process, told to forget everything between tests, and a real HTTP server that takes its webhooks."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from postmarker.core import PostmarkClient

from local import guard

TOKEN = "ada-server-token"
HEADERS = {"Accept": "application/json", "X-Postmark-Server-Token": TOKEN}
ARGUMENTS = ["--port", "0", "--server-token", TOKEN, "--inbound-address", "hash@inbound.example"]
SPEED = ["--delivery-delay", "0.01", "--retry-speed", "3000", "--webhook-timeout", "5"]
DEFAULTS: dict[str, Any] = {
    "events_url": "",
    "inbound_url": "",
    "senders": [],
    "pending_approval": False,
    "deliver": None,
}


@dataclass
class Sandbox:
    url: str

    @property
    def client(self) -> PostmarkClient:
        return PostmarkClient(TOKEN, root_api_url=self.url + "/", timeout=(5, 10))

    def api(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        return requests.request(method, self.url + path, json=body, params=query, headers=HEADERS, timeout=10)

    def send(self, **changes: Any) -> requests.Response:
        return self.api("POST", "/email", mail(**changes))

    def act(self, message_id: str, action: str, **body: Any) -> Any:
        answer = requests.post(f"{self.url}/sandbox/messages/{message_id}/{action}", json=body, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def faults(self, **knobs: Any) -> None:
        assert requests.put(f"{self.url}/sandbox/faults", json=knobs, timeout=10).status_code == 200

    def settings(self, **changes: Any) -> None:
        assert requests.patch(f"{self.url}/sandbox/settings", json=changes, timeout=10).status_code == 200

    def summary(self) -> Any:
        return requests.get(f"{self.url}/sandbox/record/summary", timeout=10).json()


def mail(**changes: Any) -> dict[str, Any]:
    """A good message, or what the changes make of it."""
    usual = {
        "From": "post@example.com",
        "To": "ada@example.com",
        "Subject": "What did you get done?",
        "TextBody": "Hello",
    }
    return usual | changes


@dataclass
class Listener:
    """What came to it, and what it answers: the statuses in turn, then 200."""

    url: str = ""
    requests: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def bodies(self) -> list[Any]:
        return [body for _, body in self.requests]

    def of(self, kind: str) -> list[Any]:
        return [body for body in self.bodies if body.get("RecordType") == kind]


def eventually(condition: Callable[[], Any], seconds: float = 5) -> Any:
    """What the condition gives once it is true; the test fails when it does not become so in time."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.01)
    return found


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "sandbox", *ARGUMENTS, *SPEED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        guard.watch(process.pid, signal.SIGTERM)
        assert process.stdout
        yield Sandbox(json.loads(process.stdout.readline())["url"])
        process.terminate()
        assert process.wait(5) == 0
    guard.forget(process.pid)


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    assert requests.delete(f"{running_sandbox.url}/sandbox", timeout=10).status_code == 200
    running_sandbox.settings(**DEFAULTS)
    return running_sandbox


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard = Listener()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _taking_posts_for(heard))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    heard.url = f"http://postmark:secret@127.0.0.1:{server.server_port}"
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(sandbox: Sandbox, listener: Listener) -> Listener:
    """The listener, as the sandbox's events and inbound URL."""
    sandbox.settings(events_url=f"{listener.url}/events", inbound_url=f"{listener.url}/inbound")
    return listener


def _taking_posts_for(heard: Listener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard.paths.append(self.path)
            heard.requests.append((dict(self.headers), body))
            self.send_response(heard.statuses.pop(0) if heard.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silent: pytest's output is for tests."""

    return Handler
