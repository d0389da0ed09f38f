"""/sandbox/messages, /sandbox/inbound, /sandbox/webhooks: what was sent, what came in, what was told, as JSON."""

from typing import Any

import orjson

from sandbox import inbox, searches
from sandbox.exchange import Answer, Request, json_answer
from sandbox.mime import bodies
from sandbox.reactions import links
from sandbox.server import Server

FIELDS = {"to": "recipient", "from": "fromemail", "tag": "tag", "subject": "subject", "stream": "messagestream"}


class NotThere(LookupError):
    """Nothing has this MessageID."""


def messages(server: Server, request: Request) -> Answer:
    """Newest first. Filters: to, from, tag, subject, stream, metadata_<key>; limit (100), offset."""
    query = request.query
    wanted = {name: query[key] for key, name in FIELDS.items() if query.get(key)}
    metadata = {key[len("metadata_") :]: value for key, value in query.items() if key.startswith("metadata_")}
    found = searches.find(server.record, wanted, metadata, len(server.record))
    offset, limit = int(query.get("offset", 0)), int(query.get("limit", 100))
    return json_answer(
        {"total": len(found), "messages": [whole(server, seq) for seq in found[offset : offset + limit]]}
    )


def message(server: Server, request: Request, message_id: str) -> Answer:
    return json_answer(whole(server, row_of(server, message_id)["seq"]))


def receive(server: Server, request: Request) -> Answer:
    """The body is a raw MIME message; `?to=` names the envelope recipient."""
    return json_answer(inbox.receive(server, request.body, request.query.get("to", "")))


def inbound(server: Server, request: Request) -> Answer:
    limit = int(request.query.get("limit", 100))
    newest = list(server.inbound)[-limit:][::-1]
    return json_answer({"total": len(server.inbound), "messages": [kept["message"] for kept in newest]})


def attempts(server: Server, request: Request) -> Answer:
    """The latest webhook attempts, newest first, each with its payload; filters: kind, MessageID; limit (100)."""
    query = request.query
    found = [one for one in reversed(server.courier.attempts) if _meets(one, query)][: int(query.get("limit", 100))]
    shown = [{**attempt, "payload": orjson.Fragment(attempt["payload"])} for attempt in found]
    return json_answer({**server.courier.counts, "pending": server.courier.pending, "attempts_log": shown})


def row_of(server: Server, message_id: str) -> dict[str, Any]:
    """The record's row. Raises NotThere."""
    seq = server.record.find(message_id)
    if seq is None:
        raise NotThere(message_id)
    return server.record.row(seq)


def whole(server: Server, seq: int) -> dict[str, Any]:
    """A row with bodies as delivered, headers, attachments and links while they are kept, and what happened to it."""
    row, letter = server.record.row(seq), server.letters.get(seq)
    happened = {"delivered": bool(server.delivered[seq]), "events": server.happened.get(seq, [])}
    if letter is None:
        return {**row, **happened, "kept": False}
    html, text = bodies(server, row, letter)
    return {
        **row,
        **happened,
        "kept": True,
        "From": letter.get("From"),
        "HtmlBody": html,
        "TextBody": text,
        "Headers": letter.get("Headers") or [],
        "Attachments": letter.get("Attachments") or [],
        "links": [link for link, _ in links(letter)],
    }


def _meets(attempt: dict[str, Any], query: dict[str, str]) -> bool:
    return all(attempt[name] == query[name] for name in ("kind", "MessageID") if name in query)
