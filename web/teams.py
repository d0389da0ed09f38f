"""People who read each other's status, and what they said day by day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from models import clock, local_time
from models.db import transaction
from models.team import QUESTION, WORKING_WEEK, Team
from models.team_member import TeamMember
from models.user import User
from web import days
from web.audit import audit
from web.fields import LineField, WorkingDaysField
from web.listing import Listing, Sort, by_name, by_number, called, words
from web.team_members import MemberForm
from web.visitor import everybody, here, managers_only, ours, visitor

page = Blueprint("teams", __name__)


FIRST_DAY = date(2000, 1, 1)
_NUMBER = by_number(TeamMember.id)
MEMBERS = {"oldest": _NUMBER["oldest"], "newest": _NUMBER["newest"], "address": Sort("by address", (User.email,))}


class TeamForm(FlaskForm):
    name = LineField("Name", longest=80)
    question = LineField("Question", default=QUESTION, description="What everybody is asked.")
    working_days = WorkingDaysField(
        default=WORKING_WEEK,
        description="Who is invited from now on starts with these; everybody can choose their own.",
    )
    receipts = SelectField(
        "Receipts",
        choices=[
            SelectChoice("never", "none, unless a member wants them"),
            SelectChoice("always", "everybody is told what was recorded"),
        ],
        description="A mail back to who has answered: what was understood, to be put right by replying.",
    )
    taken: str | None = None  # the name that another team has

    def validate_name(self, field: LineField) -> None:
        if field.data == self.taken:
            raise ValidationError("There is a team of that name already.")


@page.get("/teams")
@everybody
def index() -> str:
    with transaction() as tx:
        found: Listing[Team] = Listing.of(tx, called(_readable(), Team.name), by_name(Team))
        members = Team.sizes(tx, here())
    return render_template("teams/index.html", found=found, members=members, words=words())


@page.get("/teams/new")
@managers_only
def new() -> str:
    return render_template("teams/new.html", form=TeamForm())


@page.post("/teams")
@managers_only
def create() -> Response | tuple[str, int]:
    form = TeamForm()
    with transaction() as tx:
        team = _saved(tx, Team(workspace_id=visitor.workspace.id), form)
    if team is None:
        return render_template("teams/new.html", form=form), 422
    return redirect(url_for("invitations.new", team_id=team.id))


@page.get("/teams/<id:team_id>")
@everybody
def show(team_id: int) -> str:
    with transaction() as tx:
        team, seat = readable(tx, team_id)
        today = local_time.local_day(clock.now(), (seat or next(iter(team.members), None) or _UTC).zone)
        day = _day(today)
        people, comments = days.people(tx, team.id, day), days.comments(tx, team.id, day)
        left_out = days.left_out(tx, team.id, day, visitor.user.id)
        own: dict[str, object] = {
            "left_out": left_out,
            "taken_away": days.taken_away(tx, team.id, day, visitor.user.id),
        }
        still_open = days.still_open(tx, [(team.id, day)])[team.id] if day == today else []
    said: dict[str, object] = {
        "people": people,
        "comments": comments,
        "still_open": still_open,
        "away": days.away(team.members),
    } | own
    said["seats"] = {member.user_id: member.id for member in team.members}
    said["to_all"] = [each for each in comments if each.to_user_id not in {person.user.id for person in people}]
    around = {"earlier": day - timedelta(days=1), "later": day + timedelta(days=1) if day < today else None}
    return render_template("teams/show.html", team=team, day=day, is_today=day == today, **said, **around)


@page.get("/teams/<id:team_id>/edit")
@everybody
def edit(team_id: int) -> str:
    """Mails call this page "settings": everybody finds their own hours here, managers the team's as well."""
    with transaction() as tx:
        team, seat = readable(tx, team_id)
        found = _members(tx, team)
    own = MemberForm(obj=seat) if seat else None
    return _settings(team, found, seat=seat, own=own, form=TeamForm(obj=team))


@page.post("/teams/<id:team_id>")
@managers_only
def update(team_id: int) -> Response | tuple[str, int]:
    form = TeamForm()
    with transaction() as tx:
        team, seat = readable(tx, team_id)
        saved = _saved(tx, team, form)
        found = _members(tx, team)
    if saved is None:
        own = MemberForm(formdata=None, obj=seat) if seat else None
        return _settings(team, found, seat=seat, own=own, form=form), 422
    flash("Saved.")
    return redirect(url_for("teams.show", team_id=team_id))


def readable(tx: Session, team_id: int) -> tuple[Team, TeamMember | None]:
    """The team and the visitor's seat in it; only members and managers may read it."""
    team = ours(tx, Team, team_id)
    seat = next((member for member in _seated(tx, team) if member.user_id == visitor.user.id), None)
    return (team, seat) if seat or visitor.manages else abort(404)


def _seated(tx: Session, team: Team) -> Sequence[TeamMember]:
    """Its members with their users, read at once, while there is a session to read them with."""
    members = select(TeamMember).filter_by(team_id=team.id, left_at=None).options(joinedload(TeamMember.user))
    set_committed_value(team, "members", tx.scalars(members.order_by(TeamMember.id)).all())
    return team.members


def _members(tx: Session, team: Team) -> Listing[TeamMember]:
    """As the address looks for them: those who came first stand first."""
    every = select(TeamMember).filter_by(team_id=team.id, left_at=None).join(TeamMember.user)
    every = called(every.options(contains_eager(TeamMember.user)), User.name, User.email)
    return Listing.of(tx, every, MEMBERS)


def _settings(team: Team, found: Listing[TeamMember], **about: Any) -> str:
    return render_template("teams/edit.html", team=team, found=found, words=words(), **about)


def _readable() -> Select[Any]:
    teams = select(Team).filter_by(workspace_id=visitor.workspace.id)
    if not visitor.manages:
        teams = teams.where(Team.members.any(TeamMember.user_id == visitor.user.id))
    return teams


def _saved(tx: Session, team: Team, form: TeamForm) -> Team | None:
    """The team as the form has it, or None when the form is not valid."""
    others = select(Team.name).filter_by(workspace_id=team.workspace_id, name=form.name.data)
    form.taken = tx.scalar(others.where(Team.id != (team.id or 0)))
    if not form.validate():
        return None
    form.populate_obj(team)
    act = "changed" if team.id else "made"
    tx.add(team)
    tx.flush()
    audit(tx, act, team)
    return team


def _day(today: date) -> date:
    try:
        return min(max(date.fromisoformat(request.args.get("day", "")), FIRST_DAY), today)
    except ValueError:
        return today


_UTC = TeamMember(zone="UTC")
