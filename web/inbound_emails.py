"""Received mail: what came, what each rule made of it, and what a person decides instead."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, undefer
from werkzeug.wrappers import Response as AnyResponse

from jobs.inbound_emails import understand
from jobs.reparsing import reparse
from jobs.taking import judged
from models import clock, incineration
from models.attachment import Attachment
from models.db import transaction
from models.inbound_email import InboundEmail, Kind, State
from models.inbox import Inbox
from models.team import Team
from models.team_member import TeamMember
from models.user import User, display_name
from web import exports
from web.attachments import handed_over
from web.audit import audit
from web.fields import one_line
from web.listing import Listing, by_number
from web.soon import soon
from web.sure import sure
from web.visitor import managers_only, visitor

page = Blueprint("inbound_emails", __name__)


@page.get("/inbound-emails")
@managers_only
def index() -> str:
    """Narrowed to a state, to a kind, to a sender's address."""
    wanted = _looked_for()
    with transaction() as tx:
        found: Listing[InboundEmail] = Listing.of(tx, wanted.found, by_number(InboundEmail.id))
    return render_template(
        "inbound_emails/index.html", found=found, states=list(State), kinds=list(Kind), wanted=wanted.told
    )


@page.post("/inbound-emails/exports")
@managers_only
def export() -> AnyResponse:
    """What is looked for, of this workspace alone."""
    form, user = exports.wanted_form(), visitor.user.id
    return exports.led(exports.asked("inbound mail", {"wanted": _looked_for().told}, "Inbound mail", form, user))


@page.get("/inbound-emails/<id:email_id>")
@managers_only
def show(email_id: int) -> str:
    with transaction() as tx:
        email = one(tx, email_id)
        rows = InboundEmail.stored(tx, [email_id])
        steps = judged(tx, rows)[0].judged.steps if rows else []
        files = Attachment.listed(tx, email_id)
        seats = _seats(tx)
    return render_template("inbound_emails/show.html", email=email, steps=steps, files=files, seats=seats)


@page.get("/inbound-emails/<id:email_id>/payload")
@managers_only
def payload(email_id: int) -> Response:
    """As Postmark sent it, to be kept, never to be shown by a browser."""
    with transaction() as tx:
        raw = one(tx, email_id, with_payload=True).payload
    return _kept(iter([raw] if raw else []), f"inbound-{email_id}.json.txt")


@page.get("/inbound-emails/<id:email_id>/mime")
@managers_only
def mime(email_id: int) -> Response:
    """As it went over the wire."""
    with transaction() as tx:
        wire = one(tx, email_id).wire()
    return _kept(wire, f"inbound-{email_id}.eml.txt")


@page.post("/inbound-emails/<id:email_id>/retry")
@managers_only
def retry(email_id: int) -> AnyResponse:
    """What is written already is only read again; everything else is decided afresh."""
    with transaction() as tx:
        email = one(tx, email_id)
        again = email.reopen(tx)
        written = email.state == State.PROCESSED and not email.incinerated_at
        if again or written:
            audit(tx, "had read again", email)
    if again or written:
        soon(understand.later if again else reparse.later, email_id)
    return _back(email_id, "It is being read again." if again or written else "It cannot be read again.")


@page.post("/inbound-emails/<id:email_id>/acceptance")
@managers_only
def accept(email_id: int) -> AnyResponse:
    """Lets in what was held, whoever it is from."""
    with transaction() as tx:
        email = one(tx, email_id)
        taken = email.state == State.HELD and email.reopen(tx, accepted_at=clock.now())
        if taken:
            audit(tx, "let in", email)
    if taken:
        soon(understand.later, email_id)
    return _back(email_id, "It is let in." if taken else "It is not held.")


@page.post("/inbound-emails/<id:email_id>/incineration")
@managers_only
@sure("Incinerate this mail?", "What was read in it stays. The mail itself and its files are gone for good.")
def incinerate(email_id: int) -> AnyResponse:
    with transaction() as tx:
        email = one(tx, email_id)
        incineration.incinerate_now(tx, email.id)
        audit(tx, "incinerated", email)
    return _back(email_id, "The raw mail and its attachments are gone. What was understood stays.")


def ours() -> ColumnElement[bool]:
    """The workspace's own; nobody's mail is shown to those who run the installation."""
    return Inbox(visitor.workspace.id, nobodys=visitor.operates).seen


def _looked_for() -> Inbox:
    """As the address has it."""
    asked = {name: one_line(request.args.get(name)).lower() for name in ("state", "kind", "sender")}
    return Inbox(visitor.workspace.id, **asked, nobodys=visitor.operates)


def one(tx: Session, email_id: int, with_payload: bool = False) -> InboundEmail:
    found = select(InboundEmail).where(InboundEmail.id == email_id, ours())
    return tx.scalar(found.options(undefer(InboundEmail.payload)) if with_payload else found) or abort(404)


def _seats(tx: Session) -> list[tuple[int, str]]:
    """Everybody whose answer a mail could be: `[(team member's id, "Ada in Engine")]`."""
    named = select(TeamMember.id, User.name, User.email, Team.name).join(TeamMember.user).join(TeamMember.team)
    members = tx.execute(named.where(TeamMember.workspace_id == visitor.workspace.id, TeamMember.left_at.is_(None)))
    seats = ((number, f"{display_name(name, email)} in {team}") for number, name, email, team in members)
    return sorted(seats, key=lambda seat: seat[1])


def _kept(pieces: Iterator[bytes], name: str) -> Response:
    return handed_over(pieces, {"Content-Disposition": f'attachment; filename="{name}"'}, "text/plain; charset=utf-8")


def _back(email_id: int, words: str) -> AnyResponse:
    flash(words)
    return redirect(url_for("inbound_emails.show", email_id=email_id))
