"""One Postmark server: everything the sandbox knows, kept in memory, and what happens to a message once accepted."""

import time
from collections import deque
from typing import Any

from sandbox.bounces import Bounces
from sandbox.courier import Courier
from sandbox.faults import Faults
from sandbox.hooks import Hooks
from sandbox.letters import Letters
from sandbox.record import Record
from sandbox.settings import Settings
from sandbox.streams import Stream, default_streams

SERVER_ID = 23
KEPT_INBOUND = 2_000


class Server:
    def __init__(self, settings: Settings):
        self.settings = settings
        self.url = ""  # where this sandbox is reached
        self.faults = Faults()
        self.courier = Courier(settings, self.faults)
        self.clear()

    def clear(self) -> None:
        """A new, empty server: knobs off, streams and suppressions as on the first day."""
        self.faults.clear()
        self.name = "Sandbox"
        self.streams: dict[str, Stream] = default_streams()
        self.hooks = Hooks()
        self.bounces = Bounces()
        self.inbound: deque[dict[str, Any]] = deque(maxlen=KEPT_INBOUND)
        self.forget_messages()

    def forget_messages(self) -> None:
        self.record = Record()
        self.letters = Letters()
        self.happened: dict[int, list[dict[str, Any]]] = {}  # per message: what happened besides delivery
        self.delivered = bytearray()  # per message: 1 once delivered
        self.silent: dict[int, list[str]] = {}  # per message: inactive recipients it does not go to
        self.next_delivery = 0  # the first message the postman has not looked at
        self.courier.forget()

    @property
    def delivers(self) -> bool:
        """Whether accepted messages are delivered by themselves a moment later."""
        if self.settings.deliver is not None:
            return self.settings.deliver
        return bool(self.settings.events_url or self.hooks)

    def accept(self, message: dict[str, Any], sender: str, stream: str, silent: list[str]) -> str:
        """Records a checked message and returns its MessageID."""
        seq = len(self.record)
        message_id = self.record.add(message, sender, stream, time.time())
        self.letters.keep(seq, message)
        self.delivered.append(0)
        if silent:
            self.silent[seq] = silent
        return message_id

    def happen(self, seq: int, recipient: str, kind: str, details: dict[str, Any] | None = None) -> None:
        """Remembers a MessageEvent, as shown in the details of a message."""
        event = {"Recipient": recipient, "Type": kind, "ReceivedAt": time.time(), "Details": details or {}}
        self.happened.setdefault(seq, []).append(event)
