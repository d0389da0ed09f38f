"""Who is in the workspace and what they may do: invited, given another role, removed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from jobs.deliveries import nudge
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.membership import Membership, Refused, Role
from models.sign_in import SignIn
from models.team import Team
from models.user import User, normal
from models.workspace import Workspace
from web.audit import audit
from web.fields import LineField, is_address, one_line
from web.listing import Listing, Sort, by_number, called, words
from web.soon import soon
from web.sure import sure
from web.visitor import here, managers_only, ours, visitor

page = Blueprint("people", __name__, url_prefix="/settings/people")

MOST_TEAMS = 500  # that are offered

_NUMBER = by_number(Membership.id)
SORTS = {"oldest": _NUMBER["oldest"], "newest": _NUMBER["newest"], "address": Sort("by address", (User.email,))}


class RoleForm(FlaskForm):
    role = RadioField(
        "Role",
        choices=[SelectChoice(role.value, f"{role.value}: {role.meaning}") for role in Role],
        default=Role.MEMBER,
    )


class PersonForm(RoleForm):
    email = LineField("E-mail address", is_address, longest=320, render_kw={"type": "email", "autocomplete": "off"})
    name = StringField("Name", filters=[one_line], description="If you know it; they can change it.")
    team = SelectField(
        "Team", default="", description="Whoever is in a team reads what it says. Observers are not asked."
    )

    @classmethod
    def offered(cls) -> "PersonForm":
        """With the teams that there are."""
        form = cls()
        with transaction() as tx:
            teams = select(Team.id, Team.name).filter_by(workspace_id=here()).order_by(Team.name).limit(MOST_TEAMS)
            form.team.choices = [
                SelectChoice("", "none yet"),
                *(SelectChoice(str(n), name) for n, name in tx.execute(teams)),
            ]
        return form


@page.get("")
@managers_only
def index() -> str:
    return _shown(PersonForm.offered())


@page.post("")
@managers_only
def create() -> Response | tuple[str, int]:
    """They are in at once, and a mail tells them so. Whoever is in already keeps their role."""
    form = PersonForm.offered()
    if not form.validate():
        return _shown(form), 422
    if form.role.data == Role.OWNER and not visitor.owns:
        form.role.errors = ["Only an owner makes somebody an owner."]
        return _shown(form), 422
    with transaction() as tx:
        ids = _invite(tx, form)
    soon(nudge, "welcome", ids)
    flash("A mail tells them." if ids else "They are here already.")
    return redirect(url_for("people.index"))


@page.get("/<id:membership_id>")
@managers_only
def edit(membership_id: int) -> str:
    with transaction() as tx:
        membership = _one(tx, membership_id)
    return render_template("people/edit.html", membership=membership, form=RoleForm(obj=membership))


@page.post("/<id:membership_id>")
@managers_only
def update(membership_id: int) -> Response | tuple[str, int]:
    form = RoleForm()
    with transaction() as tx:
        membership = _one(tx, membership_id)
        before = membership.role
        saved = form.validate() and _tried(form, lambda: membership.become(tx, form.role.data, visitor.membership.role))
        if saved and membership.role != before:
            audit(tx, "changed the role of", membership.user, f"{before} → {membership.role}")
    if not saved:
        return render_template("people/edit.html", membership=membership, form=form), 422
    flash(f"{membership.user.display_name} is {membership.role} now.")
    return redirect(url_for("people.index"))


@page.post("/<id:membership_id>/removal")
@managers_only
@sure(lambda membership_id: f"Remove {_name(membership_id)}?", "They are out at once. What they wrote stays.")
def remove(membership_id: int) -> Response | tuple[str, int]:
    form = RoleForm(formdata=None)
    with transaction() as tx:
        membership = _one(tx, membership_id)
        form.role.data = membership.role
        gone = _tried(form, lambda: membership.end(tx, visitor.membership.role))
        if gone:
            audit(tx, "removed", membership.user)
    if not gone:
        return render_template("people/edit.html", membership=membership, form=form), 422
    flash(f"{membership.user.display_name} is out. What they wrote stays.")
    return redirect(url_for("people.index"))


def _invite(tx: Session, form: PersonForm) -> list[int]:
    user = User.called(tx, normal(form.email.data), form.name.data or "")
    if tx.scalar(select(Membership.id).filter_by(workspace_id=here(), user_id=user.id)):
        return []
    membership = tx.get_one(Workspace, here()).admit(tx, user, role=form.role.data)
    audit(tx, "invited", user, f"as {membership.role}")
    if form.team.data:
        ours(tx, Team, int(form.team.data)).invite(tx, user, zone=visitor.user.zone or "UTC")
    return Delivery.address(tx, "welcome", [Addressee(here(), membership.id, user.email)])


def _one(tx: Session, membership_id: int) -> Membership:
    membership = ours(tx, Membership, membership_id)
    membership.user  # noqa: B018  (read while there is a session to read it with)
    return membership


def _name(membership_id: int) -> str:
    with transaction() as tx:
        return _one(tx, membership_id).user.display_name


def _tried(form: RoleForm, verb: Any) -> bool:
    """Why not is told beside the field."""
    try:
        verb()
    except Refused as problem:
        form.role.errors = [str(problem)]
        return False
    return True


def _shown(form: PersonForm) -> str:
    wanted = _wanted()
    every = (
        select(Membership).filter_by(workspace_id=here()).join(Membership.user).options(contains_eager(Membership.user))
    )
    every = every.filter_by(role=wanted["role"]) if "role" in wanted else every
    with transaction() as tx:
        found: Listing[Membership] = Listing.of(tx, called(every, User.name, User.email), SORTS)
        seen = SignIn.last_seen(tx, [each.user_id for each in found.rows])
    return render_template("people/index.html", found=found, seen=seen, wanted=wanted, roles=list(Role), form=form)


def _wanted() -> dict[str, str]:
    role = request.args.get("role", "")
    asked = {"words": words(), "role": role if role in list(Role) else ""}
    return {name: word for name, word in asked.items() if word}
