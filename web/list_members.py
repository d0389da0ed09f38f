"""Who is on a list: added by hand, removed, taken away as a file."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from models.db import transaction
from models.exports.export import Export
from models.lists.conditions import Conditions
from models.lists.list import List
from web import exports
from web.list_changes import listed, told, written_down
from web.list_form import Wanted
from web.listing import ticked
from web.people_form import PeopleForm
from web.sure import sure
from web.visitor import editors_only, here, visitor

page = Blueprint("list_members", __name__, url_prefix="/lists/<id:list_id>")


@page.get("/members/new")
@editors_only
def new(list_id: int) -> str:
    with transaction() as tx:
        shown = listed(tx, list_id)
    return render_template("lists/add.html", list=shown, form=PeopleForm())


@page.post("/members")
@editors_only
def create(list_id: int) -> AnyResponse | tuple[str, int]:
    form = PeopleForm()
    is_valid = form.validate()
    with transaction() as tx:
        shown = listed(tx, list_id)
        change = written_down(tx, shown.grow(tx, form.people, visitor.user.id)) if is_valid else None
    if change is None:
        return render_template("lists/add.html", list=shown, form=form), 422
    flash(told(change))
    return redirect(url_for("lists.show", list_id=list_id))


@page.post("/removals")
@editors_only
@sure(lambda list_id: f"Remove {len(ticked())} from this list?" if ticked() else "", "They stay known here.")
def remove(list_id: int) -> AnyResponse:
    """Those who were ticked."""
    with transaction() as tx:
        shown = listed(tx, list_id)
        change = written_down(tx, shown.remove(tx, ticked(), visitor.user.id)) if ticked() else None
    flash(told(change) if change else "Please tick whom to remove.")
    return redirect(url_for("lists.show", list_id=list_id))


@page.post("/exports")
@editors_only
def export(list_id: int) -> AnyResponse:
    """All of them, or those who fit."""
    with transaction() as tx:
        shown = listed(tx, list_id)
        wanted = Wanted.of(tx, here(), request.args)
    return exports.led(exported(shown, wanted.conditions, exports.wanted_form(), visitor.user.id))


def exported(shown: List, conditions: Conditions, form: str, user_id: int | None = None) -> Export:
    about = {"list": shown.id, "conditions": conditions.told()}
    return exports.asked("list", about, shown.name, form, user_id)
