"""/message-streams: list, get, create, edit, archive, unarchive."""

import re
import time
from typing import Any

from sandbox.api.email import body_of
from sandbox.errors import Refused, invalid_fields
from sandbox.exchange import Answer, Request, json_answer
from sandbox.server import SERVER_ID, Server
from sandbox.streams import TYPES, UNSUBSCRIBE_HANDLING, Stream

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,29}")
MAX_STREAMS = 10


def streams(server: Server, request: Request) -> Answer:
    query = request.query
    wanted = query.get("MessageStreamType", "All")
    archived = query.get("IncludeArchivedStreams", "false").lower() == "true"
    shown = [one for one in server.streams.values() if wanted in ("All", one.type) and (archived or not one.archived)]
    return json_answer({"MessageStreams": [one.as_json(SERVER_ID) for one in shown], "TotalCount": len(shown)})


def stream(server: Server, request: Request, stream_id: str) -> Answer:
    return json_answer(find(server, stream_id).as_json(SERVER_ID))


def create(server: Server, request: Request) -> Answer:
    body = _object(request)
    new_id, kind = str(body.get("ID") or ""), body.get("MessageStreamType")
    if not ID.fullmatch(new_id) or new_id.lower().startswith("pm-"):
        raise Refused(
            1220, "The 'ID' of a message stream starts with a letter, has at most 30 characters and no 'pm-'."
        )
    if new_id in server.streams:
        raise Refused(1221, f"The message stream '{new_id}' exists already.")
    if kind not in TYPES or kind == "Inbound":
        raise Refused(1222, "The 'MessageStreamType' must be 'Transactional' or 'Broadcasts'.")
    if len(server.streams) >= MAX_STREAMS:
        raise Refused(1223, "A server has at most 10 message streams.")
    if not body.get("Name"):
        raise invalid_fields(["Name"])
    default = "Postmark" if kind == "Broadcasts" else "None"
    new = Stream(new_id, str(body["Name"]), str(kind), body.get("Description"), _unsubscribe(body) or default)
    server.streams[new_id] = new
    return json_answer(new.as_json(SERVER_ID))


def edit(server: Server, request: Request, stream_id: str) -> Answer:
    found, body = find(server, stream_id), _object(request)
    found.name = str(body.get("Name") or found.name)
    found.description = body.get("Description", found.description)
    found.unsubscribe = _unsubscribe(body) or found.unsubscribe
    found.updated = time.time()
    return json_answer(found.as_json(SERVER_ID))


def archive(server: Server, request: Request, stream_id: str) -> Answer:
    found = find(server, stream_id)
    found.archived = time.time()
    shown = found.as_json(SERVER_ID)
    return json_answer({name: shown[name] for name in ("ID", "ServerID", "ExpectedPurgeDate")})


def unarchive(server: Server, request: Request, stream_id: str) -> Answer:
    found = find(server, stream_id)
    found.archived = None
    return json_answer(found.as_json(SERVER_ID))


def find(server: Server, stream_id: str) -> Stream:
    """Raises Refused (1226)."""
    if stream_id not in server.streams:
        raise Refused(1226, f"The message stream '{stream_id}' was not found.")
    return server.streams[stream_id]


def _object(request: Request) -> dict[str, Any]:
    body = body_of(request)
    if not isinstance(body, dict):
        raise Refused(402, "Received invalid JSON input.")
    return body


def _unsubscribe(body: dict[str, Any]) -> str | None:
    handling = (body.get("SubscriptionManagementConfiguration") or {}).get("UnsubscribeHandlingType")
    if handling is not None and handling not in UNSUBSCRIBE_HANDLING:
        raise invalid_fields(["SubscriptionManagementConfiguration"])
    return handling
