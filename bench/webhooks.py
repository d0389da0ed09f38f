"""The provider's side of inbound mail: webhooks posted by several callers at once."""

import http.client
import json
import queue
import threading
import time
from base64 import b64encode
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.stage import Stage, until

CALLERS = 10  # as many at once as the provider sends
PATH = "/webhooks/postmark/inbound"


class Answer(NamedTuple):
    """`status` 0 is no answer at all; `stored` is the mail's id, where it is new."""

    status: int
    stored: int | None
    seconds: float


class Webhooks:
    def __init__(self, system: Stage) -> None:
        self._address = urlsplit(system.variables["BASE_URL"]).netloc
        secret = system.variables["WEBHOOK_SECRETS"].split(",")[0]
        shown = b64encode(f"postmark:{secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {shown}", "Content-Type": "application/json"}

    def wait_for_server(self) -> None:
        until(self._serves, "the web server to answer")

    def post(self, mails: Sequence[bytes]) -> list[Answer]:
        """The answer to each, in whatever order they came."""
        waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        for mail in mails:
            waiting.put(mail)
        answers: list[Answer] = []
        threads = [threading.Thread(target=self._carry, args=[waiting, answers]) for _ in range(CALLERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def _carry(self, waiting: "queue.SimpleQueue[bytes]", answers: list[Answer]) -> None:
        line = self._line()
        while True:
            try:
                mail = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.perf_counter()
            try:
                status, stored = self._ask(line, mail)
            except (OSError, http.client.HTTPException):
                line, status, stored = self._line(), 0, None
            answers.append(Answer(status, stored, time.perf_counter() - began))

    def _ask(self, line: http.client.HTTPConnection, mail: bytes) -> tuple[int, int | None]:
        line.request("POST", PATH, mail, self._headers)
        answer = line.getresponse()
        body = answer.read()
        return answer.status, json.loads(body).get("stored") if answer.status == 200 else None

    def _serves(self) -> bool:
        try:
            line = self._line()
            line.request("GET", "/health")
            return line.getresponse().status < 500
        except OSError:
            return False

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._address, timeout=60)
