"""Mail coming in: parsed, kept, and told to the inbound webhook."""

import time
from typing import Any

from sandbox.hooks import Hook
from sandbox.inbound import inbound_message
from sandbox.server import Server


def receive(server: Server, raw: bytes, recipient: str = "") -> dict[str, Any]:
    """Takes a raw mail in and returns Postmark's JSON of it."""
    settings = server.settings
    message = inbound_message(raw, settings.inbound_address, recipient, settings.raw_email)
    server.inbound.append({"at": time.time(), "status": "Processed", "message": message, "raw": raw})
    tell(server, message)
    return message


def tell(server: Server, message: dict[str, Any]) -> None:
    if server.settings.inbound_url:
        server.courier.post(Hook(server.settings.inbound_url), "Inbound", message, message["MessageID"])


def find(server: Server, message_id: str) -> dict[str, Any] | None:
    """The kept mail: its `message`, when it came (`at`), its `status` and its `raw` source."""
    return next((one for one in server.inbound if one["message"]["MessageID"] == message_id), None)
