"""A person's seat in a team: their hours, their days, their pause."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from models.db import transaction
from models.team_member import TeamMember
from web.audit import audit
from web.fields import HourField, WorkingDaysField, zone_field
from web.sure import sure
from web.visitor import everybody, managers_only, ours, visitor

page = Blueprint("team_members", __name__)


class MemberForm(FlaskForm):
    zone = zone_field()
    reminder_hour = HourField("Ask at")
    digest_hour = HourField("Digest at")
    working_days = WorkingDaysField()
    receipts = SelectField(
        "Receipts by mail",
        choices=[
            SelectChoice("team", "as the team has it"),
            SelectChoice("always", "tell me what was recorded"),
            SelectChoice("never", "none"),
        ],
        default="team",
    )


@page.get("/team-members/<id:member_id>/edit")
@everybody
def edit(member_id: int) -> str:
    with transaction() as tx:
        member = _editable(tx, member_id)
    return render_template("team_members/edit.html", member=member, form=MemberForm(obj=member))


@page.post("/team-members/<id:member_id>")
@everybody
def update(member_id: int) -> Response | tuple[str, int]:
    form = MemberForm()
    with transaction() as tx:
        member = _editable(tx, member_id)
        saved = form.validate() and _save(member, form)
    if not saved:
        return render_template("team_members/edit.html", member=member, form=form), 422
    flash("Saved.")
    return _back(member)


@page.post("/team-members/<id:member_id>/pause")
@everybody
def pause(member_id: int) -> Response:
    return _told(member_id, "paused", TeamMember.pause, "{name} is paused: no reminders, no digests.")


@page.post("/team-members/<id:member_id>/resumption")
@everybody
def resume(member_id: int) -> Response:
    return _told(member_id, "resumed", TeamMember.resume, "{name} is back.")


@page.post("/team-members/<id:member_id>/removal")
@managers_only
@sure(lambda member_id: f"Remove {_name(member_id)}?", "They are asked no more. What they wrote stays.")
def remove(member_id: int) -> Response:
    return _told(member_id, "removed", TeamMember.leave, "{name} is no longer in {team}. What they wrote stays.")


def _told(member_id: int, act: str, verb: Callable[[TeamMember], None], words: str) -> Response:
    with transaction() as tx:
        member = _editable(tx, member_id)
        verb(member)
        audit(tx, act, member.user, f"in {member.team.name}")
    flash(words.format(name=member.user.display_name, team=member.team.name))
    return _back(member)


def _name(member_id: int) -> str:
    with transaction() as tx:
        member = _editable(tx, member_id)
        return f"{member.user.display_name} from {member.team.name}"


def _editable(tx: Session, member_id: int) -> TeamMember:
    """Everybody's own; managers edit everybody's."""
    member = ours(tx, TeamMember, member_id)
    member.team, member.user  # noqa: B018  (read while there is a session to read them with)
    mine = visitor.manages or member.user_id == visitor.user.id
    return member if mine and not member.left_at else abort(404)


def _save(member: TeamMember, form: MemberForm) -> bool:
    hours = {"reminder_hour": form.reminder_hour.data, "digest_hour": form.digest_hour.data}
    member.work_on(form.working_days.data or [])
    member.receipts = form.receipts.data
    member.keep_hours(zone=form.zone.data, **hours)
    return True


def _back(member: TeamMember) -> Response:
    return redirect(url_for("teams.edit", team_id=member.team_id))
