"""What people say about a team's day on its page; the same rows as by answering the digest."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from emails.saying import say
from jobs.deliveries import nudge
from models import clock
from models.comment import Comment
from models.db import transaction
from models.entry import Entry
from models.notice import Notice
from models.storable import clean
from models.team import Team
from models.team_member import TeamMember
from web.again import again
from web.soon import soon
from web.sure import sure
from web.teams import readable
from web.visitor import members_only, ours, visitor

page = Blueprint("comments", __name__)

LONGEST = 5_000  # characters
THANKS = "Thanks!"


@page.post("/teams/<id:team_id>/comments")
@members_only
def create(team_id: int) -> Response | tuple[str, int]:
    """`body` to the person `to`, or to all, about the `day`; about one `entry` of theirs where that is given."""
    body = clean(request.form.get("body", "")).strip()
    if 0 < len(body) <= LONGEST:
        return _said(team_id, body)
    problem = f"Please use at most {LONGEST:,} characters." if body else "Please write something."
    return again("body", "What you want to say", problem, long=True)


@page.post("/teams/<id:team_id>/thanks")
@members_only
def thank(team_id: int) -> Response:
    return _said(team_id, THANKS)


@page.post("/comments/<id:comment_id>/deletion")
@members_only
@sure("Delete this comment?", "It cannot be brought back.")
def delete(comment_id: int) -> Response:
    """Its author takes it away, or a manager."""
    with transaction() as tx:
        comment = ours(tx, Comment, comment_id)
        readable(tx, comment.team_id)
        if visitor.user.id != comment.author_id and not visitor.manages:
            abort(404)
        comment.deleted_at = comment.deleted_at or clock.now()
        Notice.forget(tx, comment_id=comment.id)
    flash("Deleted.")
    return _day(comment.team_id, comment.local_date)


def _said(team_id: int, body: str) -> Response:
    with transaction() as tx:
        team, _ = readable(tx, team_id)
        day, (to, entry) = _asked_day(), _about(tx, team)
        fresh = say(
            tx, workspace_id=team.workspace_id, team_id=team.id, local_date=day, author_id=visitor.user.id,
            to_user_id=to, entry_id=entry.id if entry else None, body=body, created_at=clock.now(), place=0,
        )  # fmt: skip
        mails = Notice.mail(tx) if fresh else []
    soon(nudge, "notice", mails)
    flash("Said." if fresh else "You have said that already.")
    return _day(team_id, day)


def _about(tx: Session, team: Team) -> tuple[int | None, Entry | None]:
    """To whom, and about which entry; 404 for what is not of this team and this day."""
    number = request.form.get("entry", "")
    entry = ours(tx, Entry, _number(number)) if number else None
    if entry and (entry.team_id, entry.local_date, entry.deleted_at) != (team.id, _asked_day(), None):
        abort(404)
    to = entry.user_id if entry else _number(request.form["to"]) if request.form.get("to") else None
    seat = select(TeamMember.id).filter_by(team_id=team.id, user_id=to)
    return (to, entry) if to is None or tx.scalar(seat) else abort(404)


def _day(team_id: int, day: date) -> Response:
    return redirect(url_for("teams.show", team_id=team_id, day=day.isoformat()))


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(404)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else abort(404)
