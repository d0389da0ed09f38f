"""Mail that came in, and the webhook attempts with their answers."""

from typing import Any

import orjson

from sandbox import inbox
from sandbox.control.mail import NotThere
from sandbox.exchange import Answer, Request
from sandbox.pages.paper import page
from sandbox.server import Server

SHOWN = 100


def inbound(server: Server, request: Request) -> Answer:
    return page(server, "inbound.html", rows=list(server.inbound)[-SHOWN:][::-1])


def inbound_mail(server: Server, request: Request, message_id: str) -> Answer:
    kept = inbox.find(server, message_id)
    if kept is None:
        raise NotThere(message_id)
    tried = [one for one in server.courier.attempts if one["MessageID"] == message_id]
    raw = kept["raw"].decode(errors="replace")
    return page(server, "inbound_mail.html", kept=kept, message=kept["message"], raw=raw, attempts=_readable(tried))


def attempts(server: Server, request: Request) -> Answer:
    latest = list(server.courier.attempts)[-SHOWN:][::-1]
    return page(server, "attempts.html", attempts=_readable(latest), courier=server.courier)


def _readable(attempts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one | _laid_out(orjson.loads(one["payload"])) for one in attempts]


def _laid_out(payload: dict[str, Any]) -> dict[str, str]:
    """Whom the event is about, and the payload indented, its long base64 left out."""
    whom = payload.get("Recipient") or payload.get("Email") or payload.get("OriginalRecipient") or ""
    for attachment in payload.get("Attachments") or ():
        attachment["Content"] = f"({len(attachment['Content'])} characters of base64)"
    return {"whom": whom, "payload": orjson.dumps(payload, option=orjson.OPT_INDENT_2).decode()}
