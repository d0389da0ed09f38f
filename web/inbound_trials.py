"""A raw mail, pasted or uploaded: what each rule would make of it, and whether to take it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from emails.arrival import came, received_of
from emails.inbound import Malformed
from jobs.inbound_emails import understand
from jobs.mail import Mail
from jobs.taking import look_at
from models.db import transaction
from models.inbound_email import InboundEmail
from web.audit import audit
from web.soon import soon
from web.visitor import operators_only

page = Blueprint("inbound_trials", __name__)

LARGEST = 50_000_000  # bytes


@page.before_request
def make_room() -> None:
    """A mail is larger than any other form; only then is the form read, and its token asked for."""
    request.max_content_length = request.max_form_memory_size = LARGEST
    current_app.extensions["csrf"].protect()


@page.get("/inbound-emails/new")
@operators_only
def new() -> str:
    return render_template("inbound_trials/new.html", tried=None, pasted="")


@page.post("/inbound-emails/trials")
@operators_only
def create() -> str | Response | tuple[str, int]:
    """Shows what would become of it, or takes it as if it had come in."""
    raw = given()
    try:
        mail = came(raw)
    except Malformed as problem:
        return render_template("inbound_trials/new.html", tried=None, pasted=_text(raw), problem=str(problem)), 422
    if "take" in request.form:
        return _take(mail)
    with transaction() as tx:
        tried = look_at(tx, received_of(mail))
    return render_template("inbound_trials/new.html", tried=told(tried), pasted=_text(raw))


def given() -> bytes:
    """The file, else what was pasted, whose line ends a browser has made CRLF."""
    file = request.files.get("file")
    content = file.read() if file and file.filename else b""
    return content or request.form.get("raw", "").encode("utf-8", "replace")


def told(mail: Mail) -> dict[str, Any]:
    reply = mail.judged.reply
    return {
        "sender": mail.received.sender,
        "subject": mail.received.subject,
        "steps": mail.judged.steps,
        "text": reply.text if reply else "",
        "elided": reply.elided if reply else (),
        "lines": mail.judged.lines,
    }


def _take(mail: Mapping[str, Any]) -> Response:
    with transaction() as tx:
        number = InboundEmail.receive(tx, **mail)
        if number is not None:
            audit(tx, "took in", "inbound email", f"number {number}, by hand")
    if number is None:
        flash("This mail is here already.")
        return redirect(url_for("inbound_emails.index"))
    soon(understand.later, number)
    return redirect(url_for("inbound_emails.show", email_id=number))


def _text(raw: bytes) -> str:
    return raw[:1_000_000].decode("utf-8", "replace")
