"""What the sandbox itself says: its own record of every message it accepted, and how it shall misbehave."""

import time
from collections.abc import Callable
from typing import Any

import requests

PAGE = 10_000


class Provider:
    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()

    def answers(self) -> bool:
        try:
            return self._session.get(f"{self.url}/sandbox/record/summary", timeout=2).ok
        except requests.ConnectionError:
            return False

    def behave(self, **knobs: object) -> dict[str, Any]:
        """Sets these fault knobs and no others; returns all of them and how often each has struck."""
        return self._json("PUT", "/sandbox/faults", json=knobs)

    def misbehave(self, **knobs: object) -> dict[str, Any]:
        """Sets these fault knobs and leaves the others; None turns one off."""
        return self._json("PATCH", "/sandbox/faults", json=knobs)

    def summary(self) -> dict[str, Any]:
        return self._json("GET", "/sandbox/record/summary")

    def forget(self) -> None:
        """Its record, not how it shall behave."""
        self._session.delete(f"{self.url}/sandbox/record", timeout=60).raise_for_status()

    def set(self, **settings: object) -> None:
        self._json("PATCH", "/sandbox/settings", json=settings)

    def reply(self, message_id: str, **words: str) -> dict[str, Any]:
        """Its reader answers it; the webhook that tells of the answer."""
        return self._json("POST", f"/sandbox/messages/{message_id}/reply", json=words)

    def record(self) -> list[dict[str, Any]]:
        """Every accepted message in the order of acceptance: To, Metadata, ReplyTo, accepted_at …"""
        rows: list[dict[str, Any]] = []
        while page := self._json("GET", "/sandbox/record", params=_after(rows))["messages"]:
            rows += page
        return rows

    def latest_size(self) -> int:
        """Bytes of HTML and text in the message it accepted last."""
        message = self._json("GET", "/sandbox/messages", params={"limit": 1})["messages"][0]
        return len(message["HtmlBody"].encode()) + len(message["TextBody"].encode())

    def wait_for(self, accepted: int, patience: float, told: Callable[[int], None]) -> float:
        """The moment (Unix) at which it accepted that many; raises `TimeoutError` when none comes for `patience` s."""
        seen, changed = -1, time.monotonic()
        while True:
            summary = self.summary()
            if summary["accepted"] >= accepted:
                return float(summary["last_accepted_at"] or time.time())
            if summary["accepted"] != seen:
                seen, changed = summary["accepted"], time.monotonic()
                told(seen)
            if time.monotonic() - changed > patience:
                raise TimeoutError(f"{seen} of {accepted} messages came, and then none for {patience:.0f} s")
            time.sleep(0.1)

    def _json(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        answer = self._session.request(method, self.url + path, timeout=60, **options)
        answer.raise_for_status()
        return dict(answer.json())


def _after(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {"limit": PAGE} | ({"after": rows[-1]["seq"]} if rows else {})
