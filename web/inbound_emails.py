"""Received mail: what came, what we made of it, and another try."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, undefer
from werkzeug.wrappers import Response as AnyResponse

from jobs.inbound_emails import understand
from models.db import transaction
from models.inbound_email import InboundEmail, State
from web.fields import one_line
from web.pages import Page
from web.soon import soon
from web.visitor import managers_only, visitor

page = Blueprint("inbound_emails", __name__)


@page.get("/inbound-emails")
@managers_only
def index() -> str:
    state = one_line(request.args.get("state"))
    mails = select(InboundEmail).where(_ours())
    sums = select(InboundEmail.state, func.count()).where(_ours()).group_by(InboundEmail.state)
    with transaction() as tx:
        counts = {name: count for name, count in tx.execute(sums)}  # noqa: C416
        found: Page[InboundEmail] = Page.of(tx, mails.filter_by(state=state) if state else mails, InboundEmail.id)
    return render_template("inbound_emails/index.html", found=found, counts=counts, states=list(State), state=state)


@page.get("/inbound-emails/<id:email_id>")
@managers_only
def show(email_id: int) -> str:
    with transaction() as tx:
        email = _one(tx, email_id)
    return render_template("inbound_emails/show.html", email=email)


@page.get("/inbound-emails/<id:email_id>/payload")
@managers_only
def payload(email_id: int) -> Response:
    """As Postmark sent it, to be kept, never to be shown by a browser."""
    with transaction() as tx:
        raw = _one(tx, email_id, with_payload=True).payload
    name = {"Content-Disposition": f'attachment; filename="inbound-{email_id}.json.txt"'}
    return Response(raw, content_type="text/plain; charset=utf-8", headers=name)


@page.post("/inbound-emails/<id:email_id>/retry")
@managers_only
def retry(email_id: int) -> AnyResponse:
    with transaction() as tx:
        again = _one(tx, email_id).reopen(tx)
    if again:
        soon(understand.later, email_id)
    flash("It is being read again." if again else "It has been dealt with already.")
    return redirect(url_for("inbound_emails.show", email_id=email_id))


def _ours() -> ColumnElement[bool]:
    """The workspace's own; nobody's mail is shown to those who run the installation."""
    nobodys = InboundEmail.workspace_id.is_(None) if visitor.operates else false()
    return or_(InboundEmail.workspace_id == visitor.workspace.id, nobodys)


def _one(tx: Session, email_id: int, with_payload: bool = False) -> InboundEmail:
    found = select(InboundEmail).where(InboundEmail.id == email_id, _ours())
    return tx.scalar(found.options(undefer(InboundEmail.payload)) if with_payload else found) or abort(404)
