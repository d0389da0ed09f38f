"""Asking people into a team, many at once."""

import csv
from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from jobs.deliveries import nudge
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.team import Team
from models.user import InvalidAddress, User, normal
from web.audit import audit
from web.fields import HourField, ParagraphsField, one_line, zone_field
from web.soon import soon
from web.visitor import managers_only, ours, visitor

page = Blueprint("invitations", __name__)

MOST = 500  # people at once
LONGEST = 100_000  # characters


class Invitee(NamedTuple):
    email: str
    name: str


class InvitationForm(FlaskForm):
    invitees: Sequence[Invitee] = ()  # who was understood, once it is validated
    people = ParagraphsField(
        "People", description="Addresses on lines of their own or with commas between them; names if you like."
    )
    zone = zone_field("Their time zone", default="UTC", description="They can change all of this themselves.")
    reminder_hour = HourField("Ask at", default=time(18))
    digest_hour = HourField("Digest at", default=time(9))

    def validate_people(self, field: ParagraphsField) -> None:
        """Names every address that is wrong, not only the first."""
        self.invitees, problems = invitees(field.data[:LONGEST])
        if not self.invitees and not problems:
            problems = ["Please give at least one address."]
        if len(self.invitees) > MOST:
            problems.append(f"That is {len(self.invitees)} people; please invite at most {MOST} at once.")
        field.errors = problems[:-1]
        if problems:
            raise ValidationError(problems[-1])


@page.get("/teams/<id:team_id>/invitations/new")
@managers_only
def new(team_id: int) -> str:
    with transaction() as tx:
        team = ours(tx, Team, team_id)
        joins = not team.members or "myself" in request.args
    myself = f"{visitor.user.display_name} <{visitor.user.email}>\n" if joins else ""
    return render_template("invitations/new.html", team=team, form=InvitationForm(people=myself))


@page.post("/teams/<id:team_id>/invitations")
@managers_only
def create(team_id: int) -> Response | tuple[str, int]:
    """With `look` it only shows who was understood."""
    form = InvitationForm()
    goes = form.validate() and "look" not in request.form
    with transaction() as tx:
        team = ours(tx, Team, team_id)
        is_first = not team.members or visitor.user.email in {invitee.email for invitee in form.invitees}
        ids = _invite(tx, team, form) if goes else []
        if goes:
            audit(tx, "invited people to", team, f"{team.name}: {len(form.invitees)}")
    if not goes:
        return render_template("invitations/new.html", team=team, form=form), 422 if form.errors else 200
    soon(nudge, "invitation", ids)
    flash(f"{len(form.invitees)} in the team; {len(ids)} invited by mail just now.")
    return redirect(url_for("firsts.new") if is_first else url_for("teams.edit", team_id=team_id))


def invitees(text: str) -> tuple[list[Invitee], list[str]]:
    """`([people], [what is wrong, by line])` of a pasted list; each address once."""
    people: dict[str, Invitee] = {}
    problems = []
    for line, each in _pieces(text):
        try:
            person = _read(each)
            people.setdefault(person.email, person)
        except InvalidAddress as problem:
            problems.append(f"Line {line}: {problem}")
    return list(people.values()), problems


def _pieces(text: str) -> list[tuple[int, str]]:
    """`[(line, piece)]`: between line ends, commas and semicolons, but not those within quotation marks."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, piece) for number, line in lines for each in _cells(line) if (piece := each.strip())]


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line.replace(";", ",")], skipinitialspace=True), [])
    except csv.Error:  # a piece of it is longer than any address
        return [line]


def _read(text: str) -> Invitee:
    """`Name <address>` or an address."""
    name, opened, rest = text.rpartition("<")
    return Invitee(normal(rest.removesuffix(">") if opened else text), one_line(name))


def _invite(tx: Session, team: Team, form: InvitationForm) -> list[int]:
    """Whoever is new gets a mail, except the person at the keyboard."""
    hours = {"reminder_hour": form.reminder_hour.data, "digest_hour": form.digest_hour.data}
    users = [User.called(tx, invitee.email, invitee.name) for invitee in form.invitees]
    seats = [team.invite(tx, user, zone=form.zone.data, **hours) for user in users]
    to = [Addressee(s.workspace_id, s.id, s.user.email) for s in seats if s.user_id != visitor.user.id]
    return Delivery.address(tx, "invitation", to)
