"""Delivering accepted messages a moment after their acceptance, or bouncing those that ask for it."""

import asyncio
import logging
import time
from typing import Any

from sandbox import reactions
from sandbox.bounces import type_named
from sandbox.server import Server

log = logging.getLogger(__name__)
PAUSE = 0.02
BOUNCE_TESTING = "@bounce-testing.postmarkapp.com"
BLACKHOLE = "test@blackhole.postmarkapp.com"


async def deliver_forever(server: Server) -> None:
    """One message after the other, as fast as webhooks are carried away: the backlog is a cursor, not a queue."""
    while True:
        deliver_due(server)
        await asyncio.sleep(PAUSE)


def deliver_due(server: Server) -> None:
    record, due = server.record, time.time() - server.settings.delivery_delay
    while server.next_delivery < len(record) and record.at[server.next_delivery] <= due and server.courier.has_room:
        seq = server.next_delivery
        server.next_delivery += 1
        if server.delivers or _asks_to_bounce(server, seq):
            _deliver_or_tell(server, record.row(seq))


def _deliver_or_tell(server: Server, row: dict[str, Any]) -> None:
    """One odd message must not keep the postman from the others."""
    try:
        deliver(server, row)
    except Exception:  # whatever is odd about it
        log.exception("The sandbox could not deliver %s", row["id"])


def deliver(server: Server, row: dict[str, Any]) -> None:
    silent = server.silent.get(row["seq"], ())
    for recipient in reactions.recipients(row):
        if recipient.lower() not in silent and recipient.lower() != BLACKHOLE:
            _deliver_to(server, row, recipient)


def _deliver_to(server: Server, row: dict[str, Any], recipient: str) -> None:
    if kind := _bounce_asked(server, row, recipient):
        reactions.bounce(server, row, recipient, kind)
        return
    if fault := server.faults.strikes("bounce"):
        reactions.bounce(server, row, recipient, type_named(str(fault.options["type"])) or "HardBounce")
        return
    if server.delivers:
        reactions.deliver(server, row, recipient)
    if server.faults.strikes("complaint"):
        reactions.bounce(server, row, recipient, "SpamComplaint")
    if (letter := server.letters.get(row["seq"])) and letter.get("TrackOpens"):
        _read(server, row, recipient, letter)


def _read(server: Server, row: dict[str, Any], recipient: str, letter: dict[str, Any]) -> None:
    """At once, as programs do too: whoever counts readers sorts them out."""
    if server.faults.strikes("open"):
        reactions.open_(server, row, recipient)
    links = [link for link, place in reactions.links(letter) if place == "HTML"]
    if links and server.faults.strikes("click"):
        reactions.click(server, row, recipient, server.faults.random.choice(links))


def _bounce_asked(server: Server, row: dict[str, Any], recipient: str) -> str | None:
    """By the address, <type>@bounce-testing…, or the header X-PM-Bounce-Type. Complaints cannot be asked for."""
    local, at, domain = recipient.lower().rpartition("@")
    if at + domain == BOUNCE_TESTING:
        asked = local
    elif not (asked := _bounce_header(server, row["seq"])):
        return None
    kind = type_named(asked) or "HardBounce"
    return "HardBounce" if kind == "SpamComplaint" else kind


def _bounce_header(server: Server, seq: int) -> str:
    letter = server.letters.get(seq) or {}
    for header in letter.get("Headers") or ():
        if header["Name"].lower() == "x-pm-bounce-type":
            return str(header.get("Value") or "")
    return ""


def _asks_to_bounce(server: Server, seq: int) -> bool:
    return BOUNCE_TESTING.encode() in server.record.envelope_bytes(seq).lower() or bool(_bounce_header(server, seq))
