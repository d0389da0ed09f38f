"""One sent message: its page, its HTML in a closed frame, its source, its files, and its unsubscribe page."""

import re
from typing import Any
from urllib.parse import quote

from sandbox import reactions
from sandbox.bounces import TYPES
from sandbox.control.mail import row_of
from sandbox.exchange import HTML, Answer, Request
from sandbox.mailers import PROGRAMS
from sandbox.mime import attached_bytes, bodies, raw_message
from sandbox.pages.inbox import state
from sandbox.pages.paper import page
from sandbox.replies import reply_to
from sandbox.server import Server

# The letter may style itself and show pictures it brought along; it may not run, load or submit anything. Its links
# open pages of their own, which are as free as any: one may be a page to sign in on.
CLOSED = (
    b"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
)
TEXT = b"text/plain; charset=utf-8"
CID = re.compile(r"cid:([^\"'\s)>]+)", re.IGNORECASE)


def show(server: Server, request: Request, message_id: str) -> Answer:
    row = row_of(server, message_id)
    letter = server.letters.get(row["seq"])
    html, text = bodies(server, row, letter) if letter else ("", "")
    return page(
        server,
        "letter.html",
        row=row,
        letter=letter,
        html=html,
        text=text,
        raw=raw_message(server, row, letter).decode(errors="replace") if letter else "",
        state=state(server, row["seq"]),
        events=server.happened.get(row["seq"], []),
        recipients=reactions.recipients(row),
        reply_to=reply_to(row),
        links=reactions.links(letter),
        programs=PROGRAMS,
        bounce_types=[kind for kind in TYPES if kind != "SpamComplaint"],
    )


def html(server: Server, request: Request, message_id: str) -> Answer:
    row, letter = _kept(server, message_id)
    shown = bodies(server, row, letter)[0]
    shown = CID.sub(lambda found: _inline(letter, found.group(1)) or found.group(0), shown)
    opened = '<base target="_blank"><meta name="viewport" content="width=device-width">' + shown
    return Answer(opened.encode(errors="replace"), 200, HTML, [(b"content-security-policy", CLOSED)])


def raw(server: Server, request: Request, message_id: str) -> Answer:
    row, letter = _kept(server, message_id)
    return Answer(raw_message(server, row, letter), 200, TEXT, [(b"x-content-type-options", b"nosniff")])


def attachment(server: Server, request: Request, message_id: str, number: str) -> Answer:
    """As a download, never shown: it may be anything."""
    files = _kept(server, message_id)[1].get("Attachments") or []
    if not number.isdecimal() or int(number) >= len(files):
        raise ValueError("no such file")
    name = quote(str(files[int(number)].get("Name") or "file"))
    disposition = f"attachment; filename*=UTF-8''{name}".encode()
    content = attached_bytes(files[int(number)])
    return Answer(content, 200, b"application/octet-stream", [(b"content-disposition", disposition)])


def confirm_unsubscribe(server: Server, request: Request, message_id: str) -> Answer:
    row = row_of(server, message_id)
    return page(server, "unsubscribe.html", row=row, done=False, recipient=reactions.recipients(row)[0])


def unsubscribe(server: Server, request: Request, message_id: str) -> Answer:
    """Also the one-click POST of RFC 8058: no cookie, no redirect."""
    row = row_of(server, message_id)
    recipient = reactions.recipients(row)[0]
    reactions.unsubscribe(server, row, recipient)
    return page(server, "unsubscribe.html", row=row, done=True, recipient=recipient)


def _kept(server: Server, message_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    row = row_of(server, message_id)
    return row, server.letters.get(row["seq"]) or {}


def _inline(letter: dict[str, Any], cid: str) -> str:
    """The picture a cid: names, as a data: address."""
    for one in letter.get("Attachments") or ():
        if str(one.get("ContentID") or "").removeprefix("cid:").strip("<>") == cid:
            return f"data:{one.get('ContentType')};base64,{one['Content']}"
    return ""
