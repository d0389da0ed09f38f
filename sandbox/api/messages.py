"""GET /messages/outbound: the search, a message's details, its raw source."""

import time
from bisect import bisect_right
from typing import Any

from sandbox import searches
from sandbox.addresses import addresses, display, sender
from sandbox.api.paging import page
from sandbox.clock import eastern, parse_eastern
from sandbox.errors import Refused, bad_parameter
from sandbox.exchange import Answer, Request, json_answer
from sandbox.mime import raw_message
from sandbox.reactions import recipients
from sandbox.server import Server

STATUSES = ("queued", "sent", "processed")


def outbound(server: Server, request: Request) -> Answer:
    query = request.query
    count, offset = page(query)
    found = _found(server, query)
    shown = [_summary(server, seq) for seq in found[offset : offset + count]]
    return json_answer({"TotalCount": len(found), "Messages": shown})


def details(server: Server, request: Request, message_id: str) -> Answer:
    seq = find(server, message_id)
    letter = server.letters.get(seq) or {}
    bodies = {"TextBody": letter.get("TextBody") or "", "HtmlBody": letter.get("HtmlBody") or ""}
    return json_answer(
        {**_summary(server, seq), **bodies, "Body": _raw(server, seq), "MessageEvents": _events(server, seq)}
    )


def dump(server: Server, request: Request, message_id: str) -> Answer:
    return json_answer({"Body": _raw(server, find(server, message_id))})


def find(server: Server, message_id: str) -> int:
    """The sequence number. Raises Refused (701)."""
    seq = server.record.find(message_id)
    if seq is None or seq >= indexed(server):
        raise Refused(701, "This message was not found. Please try again.")
    return seq


def indexed(server: Server) -> int:
    """How many messages the search index already knows, as the knob index_lag_seconds has it."""
    lag = server.faults.index_lag_seconds
    return bisect_right(server.record.at, time.time() - lag) if lag else len(server.record)


def _found(server: Server, query: dict[str, str]) -> list[int]:
    metadata = {key[len("metadata_") :]: value for key, value in query.items() if key.startswith("metadata_")}
    if len(metadata) > 1:
        raise bad_parameter("You may only filter by one metadata field in a search.")
    status = query.get("status", "").lower()
    if status and status not in STATUSES:
        raise bad_parameter("The 'status' parameter must be one of: queued, sent, processed.")
    wanted = {"messagestream": "outbound", **{key: value for key, value in query.items() if value}}
    found = searches.find(server.record, wanted, metadata, indexed(server))
    return [] if status == "queued" else _between(server, found, query)


def _between(server: Server, found: list[int], query: dict[str, str]) -> list[int]:
    at = server.record.at
    if (start := parse_eastern(query.get("fromdate", ""))) is not None:
        found = [seq for seq in found if at[seq] >= start]
    if (end := parse_eastern(query.get("todate", ""))) is not None:
        whole_day = 86400 if len(query["todate"]) == 10 else 0
        found = [seq for seq in found if at[seq] < end + whole_day]
    return found


def _summary(server: Server, seq: int) -> dict[str, Any]:
    row, letter = server.record.row(seq), server.letters.get(seq) or {}
    people = {name: [one.as_recipient() for one in addresses(name, row[name])] for name in ("To", "Cc", "Bcc")}
    return {
        "Tag": row["Tag"],
        "MessageID": row["id"],
        "MessageStream": row["MessageStream"],
        **people,
        "Recipients": recipients(row),
        "ReceivedAt": eastern(row["accepted_at"]),
        "From": display(sender(letter.get("From") or row["From"])),
        "Subject": row["Subject"],
        "Attachments": [str(attachment.get("Name")) for attachment in letter.get("Attachments") or ()],
        "Status": "Sent",
        "TrackOpens": bool(letter.get("TrackOpens")),
        "TrackLinks": letter.get("TrackLinks") or "None",
        "Metadata": row["Metadata"],
        "Sandboxed": False,
    }


def _events(server: Server, seq: int) -> list[dict[str, Any]]:
    row = server.record.row(seq)
    details = {
        "DeliveryMessage": "smtp;250 2.0.0 OK",
        "DestinationServer": "mx.example.com",
        "DestinationIP": "203.0.113.1",
    }
    happened = [{**event, "ReceivedAt": eastern(event["ReceivedAt"])} for event in server.happened.get(seq, ())]
    bounced = {event["Recipient"] for event in happened if event["Type"] == "Bounced"}
    delivered = [one for one in recipients(row) if one not in bounced] if server.delivered[seq] else []
    at = eastern(row["accepted_at"] + server.settings.delivery_delay)
    return [
        {"Recipient": one, "Type": "Delivered", "ReceivedAt": at, "Details": details} for one in delivered
    ] + happened


def _raw(server: Server, seq: int) -> str:
    letter = server.letters.get(seq)
    return raw_message(server, server.record.row(seq), letter).decode(errors="replace") if letter else ""
