"""POST /sandbox/messages/{id}/reply, bounce, complain, open, click, unsubscribe, deliver.

Each takes a JSON object or a form, all keys optional; `recipient` picks one of several. A browser is sent back to the
message's page, everyone else gets JSON.
"""

from datetime import datetime
from typing import Any

from sandbox import inbox, reactions, replies
from sandbox.addresses import display
from sandbox.bounces import TYPES, type_named
from sandbox.control.mail import row_of
from sandbox.events import AGENT, Look
from sandbox.exchange import Answer, Request, json_answer, redirect
from sandbox.forms import Form, Unreadable, form_of
from sandbox.mailers import PROGRAMS
from sandbox.server import Server


def reply(server: Server, request: Request, message_id: str) -> Answer:
    """text, html, client (gmail, outlook, apple, iphone, android, plain, none), from, to, Attachments or uploads."""
    row, form = _opened(server, request, message_id)
    client = form.get("client", "gmail")
    if client not in PROGRAMS:
        raise Unreadable(f"client is one of {', '.join(PROGRAMS)}")
    sender = form.get("from", _person(row, form))
    to = {**row, "ReplyTo": form.get("to", row["ReplyTo"])}
    raw = replies.reply(server, to, sender, client, form.get("text"), form.get("html"), form.uploads)
    message = inbox.receive(server, raw, _bare(replies.reply_to(to)))
    return _done(request, f"/inbound/{message['MessageID']}", message)


def bounce(server: Server, request: Request, message_id: str) -> Answer:
    """type: one of Postmark's bounce types (HardBounce)."""
    row, form = _opened(server, request, message_id)
    kind = type_named(form.get("type", "HardBounce"))
    if kind is None:
        raise Unreadable(f"type is one of {', '.join(TYPES)}")
    return _done(request, f"/mail/{message_id}", reactions.bounce(server, row, _recipient(row, form), kind))


def complain(server: Server, request: Request, message_id: str) -> Answer:
    row, form = _opened(server, request, message_id)
    found = reactions.bounce(server, row, _recipient(row, form), "SpamComplaint")
    return _done(request, f"/mail/{message_id}", found)


def open_(server: Server, request: Request, message_id: str) -> Answer:
    """agent: what opens it (a browser); at: when, as ISO 8601 (now)."""
    row, form = _opened(server, request, message_id)
    reactions.open_(server, row, _recipient(row, form), _look(form))
    return _done(request, f"/mail/{message_id}", {"opened": True})


def click(server: Server, request: Request, message_id: str) -> Answer:
    """link: which (the first one of the message); agent and at as for an open."""
    row, form = _opened(server, request, message_id)
    known = dict(reactions.links(server.letters.get(row["seq"])))
    link = form.get("link", next(iter(known), ""))
    if not link:
        raise Unreadable("the message has no link; name one as `link`")
    reactions.click(server, row, _recipient(row, form), link, known.get(link, "HTML"), _look(form))
    return _done(request, f"/mail/{message_id}", {"clicked": link})


def unsubscribe(server: Server, request: Request, message_id: str) -> Answer:
    row, form = _opened(server, request, message_id)
    changed = reactions.unsubscribe(server, row, _recipient(row, form))
    return _done(request, f"/mail/{message_id}", {"unsubscribed": changed})


def deliver(server: Server, request: Request, message_id: str) -> Answer:
    row, form = _opened(server, request, message_id)
    reactions.deliver(server, row, _recipient(row, form))
    return _done(request, f"/mail/{message_id}", {"delivered": True})


def _look(form: Form) -> Look:
    at = form.get("at", "")
    try:
        return Look(form.get("agent", AGENT), datetime.fromisoformat(at).timestamp() if at else None)
    except ValueError:
        raise Unreadable("at is a moment, such as 2026-03-02T09:00:00Z") from None


def _opened(server: Server, request: Request, message_id: str) -> tuple[dict[str, Any], Form]:
    return row_of(server, message_id), form_of(request)


def _recipient(row: dict[str, Any], form: Form) -> str:
    return form.get("recipient", next(iter(reactions.recipients(row)), ""))


def _person(row: dict[str, Any], form: Form) -> str:
    """The recipient with the name the message called them by."""
    recipient = _recipient(row, form)
    return next((display(one) for one in reactions.people(row) if one.email == recipient), recipient)


def _bare(address: str) -> str:
    return reactions.recipients({"To": address, "Cc": "", "Bcc": ""})[0]


def _done(request: Request, path: str, result: dict[str, Any]) -> Answer:
    return redirect(path) if request.prefers_html else json_answer(result)
