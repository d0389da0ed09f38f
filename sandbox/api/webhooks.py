"""/webhooks: create, list, get, edit, delete, verify, statistics."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import orjson

from sandbox import events
from sandbox.api.email import body_of
from sandbox.bounces import Bounces
from sandbox.courier import Parcel
from sandbox.errors import Refused
from sandbox.exchange import Answer, Request, json_answer
from sandbox.hooks import TRIGGERS, Hook
from sandbox.server import SERVER_ID, Server


def webhooks(server: Server, request: Request) -> Answer:
    stream = request.query.get("MessageStream")
    shown = [hook for hook in server.hooks.all.values() if stream in (None, "", hook.stream)]
    return json_answer({"Webhooks": [hook.as_json() for hook in [*_given_at_start(server, stream), *shown]]})


def webhook(server: Server, request: Request, hook_id: str) -> Answer:
    return json_answer(_find(server, hook_id).as_json())


async def create(server: Server, request: Request) -> Answer:
    body = _body(request)
    hook = Hook(str(body.get("Url") or ""), str(body.get("MessageStream") or "outbound"))
    _change(server, hook, body)
    await _verify_if_asked(server, hook, body)
    return json_answer(server.hooks.add(hook).as_json())


async def edit(server: Server, request: Request, hook_id: str) -> Answer:
    hook, body = _find(server, hook_id), _body(request)
    changed = Hook(str(body.get("Url") or hook.url), hook.stream, hook.id, hook.username, hook.password)
    changed.headers, changed.triggers = hook.headers, hook.triggers
    _change(server, changed, body)
    await _verify_if_asked(server, changed, body)
    server.hooks.all[hook.id] = changed
    return json_answer(changed.as_json())


def delete(server: Server, request: Request, hook_id: str) -> Answer:
    found = _find(server, hook_id)
    del server.hooks.all[found.id]
    return json_answer({"ErrorCode": 0, "Message": f"Webhook {found.id} removed."})


async def verify(server: Server, request: Request, hook_id: str) -> Answer:
    hook = _find(server, hook_id)
    await _probe(server, hook)
    hook.verified = True
    return json_answer(hook.as_json())


def statistics(server: Server, request: Request, hook_id: str) -> Answer:
    hook = _find(server, hook_id)
    return json_answer({"ID": hook.id, "Sent": hook.sent, "Failed": hook.failed})


def _given_at_start(server: Server, stream: str | None) -> list[Hook]:
    """Where every event of every stream goes is a webhook of each, under the number 0."""
    url, triggers = server.settings.events_url, {name: {"Enabled": True} for name in TRIGGERS}
    return [Hook(url, stream or "outbound", triggers=triggers)] if url else []


def _find(server: Server, hook_id: str) -> Hook:
    hook = server.hooks.all.get(int(hook_id)) if hook_id.isdecimal() else None
    if hook is None:
        raise Refused(1352, "The webhook you requested was not found.")
    return hook


def _body(request: Request) -> dict[str, Any]:
    body = body_of(request)
    if not isinstance(body, dict):
        raise Refused(402, "Received invalid JSON input.")
    return body


def _change(server: Server, hook: Hook, body: dict[str, Any]) -> None:
    if urlsplit(hook.url).scheme not in ("http", "https") or not urlsplit(hook.url).hostname:
        raise Refused(1350, "The webhook 'Url' must be a valid http or https address.")
    if hook.stream not in server.streams:
        raise Refused(1226, f"The message stream '{hook.stream}' was not found.")
    auth = body.get("HttpAuth") or {}
    hook.username, hook.password = auth.get("Username", hook.username), auth.get("Password", hook.password)
    hook.headers = body.get("HttpHeaders") or hook.headers
    given = body.get("Triggers") or {}
    hook.triggers = hook.triggers | {name: given[name] for name in TRIGGERS if given.get(name)}


async def _verify_if_asked(server: Server, hook: Hook, body: dict[str, Any]) -> None:
    """A new or changed webhook gets a sample of each event; with `Verify: false` it waits for its verification."""
    hook.verified = body.get("Verify", True) is not False
    if hook.verified:
        await _probe(server, hook)


async def _probe(server: Server, hook: Hook) -> None:
    samples = [_sample(name, hook.stream or "outbound") for name in TRIGGERS if hook.is_on(name)]
    parcels = [Parcel(hook, sample["RecordType"], sample["MessageID"], orjson.dumps(sample)) for sample in samples]
    statuses = await asyncio.gather(*(server.courier.probe(parcel) for parcel in parcels))
    if failed := [parcel.kind for parcel, status in zip(parcels, statuses, strict=True) if status != 200]:
        raise Refused(1364, f"The webhook did not answer 200 to: {', '.join(failed)}.")


def _sample(trigger: str, stream: str) -> dict[str, Any]:
    row = {"MessageStream": stream, "id": "00000000-0000-0000-0000-000000000000", "Tag": "Test", "Metadata": {}}
    row |= {"From": "sender@example.com", "Subject": "Test subject"}
    who = "john@example.com"
    match trigger:
        case "Delivery":
            return events.delivery(row, who, SERVER_ID)
        case "Open":
            return events.open_(row, who, True)
        case "Click":
            return events.click(row, who, "https://example.com", "HTML")
        case "SubscriptionChange":
            return events.subscription_change(row, who, "ManualSuppression", SERVER_ID)
    kind = "SpamComplaint" if trigger == "SpamComplaint" else "HardBounce"
    return Bounces().add(row, who, kind, "", SERVER_ID)
