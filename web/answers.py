"""Answering on the web: the same verb as answering by mail."""

from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from emails.entries import entries
from emails.saying import tell_named
from jobs.deliveries import nudge
from models import clock, local_time
from models.db import transaction
from models.entry import Entry
from models.prompt import Prompt
from models.storable import clean
from models.team_member import TeamMember
from web.again import again
from web.soon import soon
from web.visitor import members_only, ours, visitor

page = Blueprint("answers", __name__)

LONGEST = 20_000  # characters


@page.post("/team-members/<id:member_id>/answers")
@members_only
def create(member_id: int) -> Response | tuple[str, int]:
    body = clean(request.form.get("body", ""))
    lines = [(str(line.kind), line.text) for line in entries(body[:LONGEST])]
    if not lines or len(body) > LONGEST:
        problem = f"Please use at most {LONGEST:,} characters." if lines else "Please write at least one line."
        return again("body", "Your answer", problem, long=True)
    with transaction() as tx:
        fresh = _answer(tx, ours(tx, TeamMember, member_id), lines)
        mails = tell_named(tx, fresh)
    soon(nudge, "notice", mails)
    flash("Your team will read it in the next digest." if fresh else "That is there already.")
    return redirect(url_for("home.show" if request.form.get("back") == "home" else "today.show"))


def _answer(tx: Session, member: TeamMember, lines: list[tuple[str, str]]) -> list[Entry]:
    """What is new in it: a form that is sent twice says nothing twice."""
    if member.user_id != visitor.user.id or member.left_at:
        abort(404)
    prompt = Prompt.on(tx, member, _day(member))
    said = {(entry.kind, entry.body) for entry in prompt.entries if entry.deleted_at is None}
    return prompt.answer(tx, [line for line in dict.fromkeys(lines) if line not in said])


def _day(member: TeamMember) -> date:
    """The day that the form was about: midnight may have come while it was being written."""
    today = local_time.local_day(clock.now(), member.zone)
    yesterday = today - timedelta(days=1)
    return yesterday if request.form.get("day") == yesterday.isoformat() else today
