"""Webhooks as configured: where each kind of event of each stream goes."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

TRIGGERS = ("Open", "Click", "Delivery", "Bounce", "SpamComplaint", "SubscriptionChange")


@dataclass(slots=True)
class Hook:
    """One configured webhook. `stream` None means every stream: only the one given at start is such."""

    url: str
    stream: str | None = None
    id: int = 0
    username: str = ""
    password: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)
    triggers: dict[str, dict[str, bool]] = field(default_factory=dict)
    verified: bool = True
    sent: int = 0
    failed: int = 0

    def wants(self, stream: str, trigger: str) -> bool:
        return self.verified and self.stream in (None, stream) and self.is_on(trigger)

    def is_on(self, trigger: str) -> bool:
        return self.stream is None or self.triggers.get(trigger, {}).get("Enabled", False)

    def request_headers(self) -> list[tuple[str, str]]:
        """Authorization from HttpAuth, else from the URL's userinfo, and the configured headers."""
        parts = urlsplit(self.url)
        user, password = self.username or unquote(parts.username or ""), self.password or unquote(parts.password or "")
        headers = [(header["Name"], header["Value"]) for header in self.headers]
        if user or password:
            headers.append(("Authorization", "Basic " + b64encode(f"{user}:{password}".encode()).decode()))
        return headers

    def bare_url(self) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    def as_json(self) -> dict[str, Any]:
        auth = {"Username": self.username, "Password": self.password} if self.username else None
        return {
            "ID": self.id,
            "Url": self.url,
            "MessageStream": self.stream,
            "HttpAuth": auth,
            "HttpHeaders": self.headers,
            "Triggers": {trigger: _trigger(trigger, self.triggers.get(trigger, {})) for trigger in TRIGGERS},
        }


class Hooks:
    def __init__(self) -> None:
        self.all: dict[int, Hook] = {}
        self.next_id = 1234567

    def __len__(self) -> int:
        return len(self.all)

    def add(self, hook: Hook) -> Hook:
        hook.id, self.next_id = self.next_id, self.next_id + 1
        self.all[hook.id] = hook
        return hook

    def wanting(self, stream: str, trigger: str) -> list[Hook]:
        return [hook for hook in self.all.values() if hook.wants(stream, trigger)]


def _trigger(name: str, given: dict[str, bool]) -> dict[str, bool]:
    options = {"Open": "PostFirstOpenOnly", "Bounce": "IncludeContent", "SpamComplaint": "IncludeContent"}
    shown = {"Enabled": given.get("Enabled", False)}
    if name in options:
        shown[options[name]] = given.get(options[name], False)
    return shown
