"""A mail taken for an answer to something else, because a person says so; and what was cut of it put back."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.inbound_emails import understand
from jobs.reparsing import reparse
from models import local_time
from models.db import transaction
from models.inbound_email import InboundEmail, State
from models.prompt import Prompt
from models.team_member import TeamMember
from web.again import again
from web.audit import audit
from web.inbound_emails import one
from web.soon import soon
from web.visitor import managers_only, members_only, ours, visitor

page = Blueprint("reroutings", __name__)


@page.post("/inbound-emails/<id:email_id>/rerouting")
@managers_only
def create(email_id: int) -> Response | tuple[str, int]:
    """To a member's day, given as `member` and `day`: of none, that on which it came."""
    if (given := request.form.get("day", "").strip()) and not _day(given):
        return again("day", "Day", "Please give a day, such as 2026-03-31.", title="Count it as an answer")
    with transaction() as tx:
        email = one(tx, email_id)
        member = ours(tx, TeamMember, _number(request.form.get("member", "")))
        day = _day(given) or local_time.local_day(email.received_at, member.zone)
        moved = email.reroute(tx, Prompt.on(tx, member, day).reply_token)
        if moved:
            audit(tx, "rerouted", email)
    if moved:
        soon(understand.later, email_id)
    flash("It counts there now." if moved else "It is being read, or it is gone: nothing was changed.")
    return redirect(url_for("inbound_emails.show", email_id=email_id))


@page.post("/inbound-emails/<id:email_id>/restorations")
@members_only
def restore(email_id: int) -> Response:
    """Puts a piece that was cut (`piece` is its place) back into what was said. Its sender may, and managers."""
    place = _number(request.form.get("piece", ""))
    with transaction() as tx:
        email = _mine(tx, email_id)
        restored = _put_back(email, place)
    if restored:
        soon(reparse.later, email_id)
    flash("It counts as said now." if restored else "That is not there to be put back.")
    mail = url_for("inbound_emails.show", email_id=email_id)
    return redirect(mail if visitor.manages else url_for("today.show"))


def _put_back(email: InboundEmail, place: int) -> bool:
    if email.state != State.PROCESSED or email.incinerated_at or place >= len(email.elided):
        return False
    text = email.elided[place]["text"]
    if text not in email.restored:
        email.restored = [*email.restored, text]
    return True


def _mine(tx: Session, email_id: int) -> InboundEmail:
    if visitor.manages:
        return one(tx, email_id)
    mine = select(InboundEmail).filter_by(id=email_id, workspace_id=visitor.workspace.id, user_id=visitor.user.id)
    return tx.scalar(mine) or abort(404)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else abort(404)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
