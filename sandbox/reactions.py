"""What a recipient, or their mail server, does with a message: each becomes the webhook Postmark would send."""

import re
from html import unescape
from typing import Any

from sandbox import events
from sandbox.addresses import Address, addresses
from sandbox.bounces import TYPES
from sandbox.events import BROWSER, Look
from sandbox.hooks import Hook
from sandbox.mime import raw_message
from sandbox.server import SERVER_ID, Server

HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
Row = dict[str, Any]


def recipients(row: Row) -> list[str]:
    """The bare addresses of To, Cc and Bcc."""
    return [one.email for one in people(row)]


def people(row: Row) -> list[Address]:
    return [one for field in ("To", "Cc", "Bcc") for one in addresses(field, row[field])]


def deliver(server: Server, row: Row, recipient: str) -> None:
    server.delivered[row["seq"]] = 1
    tell(server, "Delivery", row["MessageStream"], events.delivery(row, recipient, SERVER_ID))


def bounce(server: Server, row: Row, recipient: str, kind: str) -> Row:
    """Records the bounce, suppresses the address if the type does, tells both; returns the bounce."""
    letter = server.letters.get(row["seq"])
    content = raw_message(server, row, letter).decode(errors="replace") if letter else ""
    found = server.bounces.add(row, recipient, kind, content, SERVER_ID)
    server.happen(row["seq"], recipient, "Bounced", {"Summary": found["Details"], "BounceID": str(found["ID"])})
    trigger = found["RecordType"]
    tell(server, trigger, row["MessageStream"], found, content)
    if TYPES[kind].inactive:
        _suppress(server, row, recipient, "SpamComplaint" if kind == "SpamComplaint" else "HardBounce")
    return found


def open_(server: Server, row: Row, recipient: str, look: Look = BROWSER) -> None:
    first = not _has_happened(server, row, recipient, "Opened")
    server.happen(row["seq"], recipient, "Opened", {"Summary": "Email opened"})
    tell(server, "Open", row["MessageStream"], events.open_(row, recipient, first, look), first=first)


def click(server: Server, row: Row, recipient: str, link: str, location: str = "HTML", look: Look = BROWSER) -> None:
    server.happen(row["seq"], recipient, "LinkClicked", {"Summary": f"Tracked link {link} was clicked", "Link": link})
    tell(server, "Click", row["MessageStream"], events.click(row, recipient, link, location, look))


def unsubscribe(server: Server, row: Row, recipient: str) -> bool:
    """False if the address was suppressed on this stream already."""
    return _suppress(server, row, recipient, "ManualSuppression")


def links(letter: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Every web link once, with where it stands: HTML or Text."""
    html, text = (letter or {}).get("HtmlBody") or "", (letter or {}).get("TextBody") or ""
    found = {unescape(double or single).strip(): "HTML" for double, single in HREF.findall(html)}
    found = {link: place for link, place in found.items() if link.startswith(("http://", "https://"))}
    return list((dict.fromkeys(URL.findall(text), "Text") | found).items())


def tell(server: Server, trigger: str, stream: str, payload: Row, content: str = "", first: bool = True) -> None:
    """Posts the event to every webhook that wants it, in the shape that webhook asked for."""
    for hook in listeners(server, stream, trigger):
        options = hook.triggers.get(trigger, {})
        if options.get("PostFirstOpenOnly") and not first:
            continue
        shown = {**payload, "Content": content} if options.get("IncludeContent") else payload
        server.courier.post(hook, trigger, shown, payload["MessageID"] or "")


def listeners(server: Server, stream: str, trigger: str) -> list[Hook]:
    found = server.hooks.wanting(stream, trigger)
    return [Hook(server.settings.events_url), *found] if server.settings.events_url else found


def _suppress(server: Server, row: Row, recipient: str, reason: str) -> bool:
    stream = server.streams[row["MessageStream"]]
    if not stream.suppress(recipient, reason, "Recipient"):
        return False
    server.happen(row["seq"], recipient, "SubscriptionChanged", {"Origin": "Recipient", "SuppressSending": "True"})
    change = events.subscription_change(row, recipient, reason, SERVER_ID)
    tell(server, "SubscriptionChange", row["MessageStream"], change)
    return True


def _has_happened(server: Server, row: Row, recipient: str, kind: str) -> bool:
    happened = server.happened.get(row["seq"], [])
    return any(event["Type"] == kind and event["Recipient"] == recipient for event in happened)
