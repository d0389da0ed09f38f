"""Who is on a list: added by hand, removed, taken away as a file."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from models.db import transaction
from models.lists.change import ListChange
from models.lists.conditions import Conditions
from models.lists.member import ListMember
from web.exports import SIZE, cell, text
from web.list_changes import listed, told
from web.list_form import Wanted
from web.people_form import PeopleForm
from web.visitor import editors_only, here, visitor

page = Blueprint("list_members", __name__, url_prefix="/lists/<id:list_id>")

MOST = 1_000  # removed at once by their numbers: a page of the list has fewer
COLUMNS = ("email", "name", "language", "time zone", "tags", "added", "added by")


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
        change = shown.grow(tx, form.people, visitor.user.id) if is_valid else None
    if change is None:
        return render_template("lists/add.html", list=shown, form=form), 422
    flash(told(change))
    return redirect(url_for("lists.show", list_id=list_id))


@page.post("/removals")
@editors_only
def remove(list_id: int) -> AnyResponse:
    """Those who were ticked."""
    given = request.form.getlist("contact")[:MOST]
    ids = [int(number) for number in given if number.isascii() and number.isdigit() and len(number) < 19]
    with transaction() as tx:
        shown = listed(tx, list_id)
        change = shown.remove(tx, ids, visitor.user.id) if ids else None
    flash(told(change) if change else "Please tick whom to remove.")
    return redirect(url_for("lists.show", list_id=list_id))


@page.get("/export.csv")
@editors_only
def export(list_id: int) -> Response:
    """All of them, or those who fit, as things are now, read as it is written."""
    with transaction() as tx:
        shown = listed(tx, list_id)
        wanted = Wanted.of(tx, here(), request.args)
    return exported(shown.id, wanted.conditions)


def exported(list_id: int, conditions: Conditions) -> Response:
    named = {"Content-Disposition": f'attachment; filename="list-{list_id}.csv"'}
    return Response(_lines(list_id, conditions), content_type="text/csv; charset=utf-8", headers=named)


def way(change: ListChange) -> str:
    """How somebody came onto a list."""
    return f"{change.verb} of {change.source_name}" if change.source_name else change.verb


def _lines(list_id: int, conditions: Conditions) -> Iterator[str]:
    yield "\ufeff" + text([COLUMNS])
    after = 0
    while page := _page(list_id, conditions, after):
        yield text(_line(member) for member in page)
        after = page[-1].contact_id


def _page(list_id: int, conditions: Conditions, after: int) -> Sequence[ListMember]:
    found = ListMember.fitting(list_id, conditions).where(ListMember.contact_id > after)
    with transaction() as tx:
        return tx.scalars(found.order_by(ListMember.contact_id).limit(SIZE)).all()


def _line(member: ListMember) -> list[str]:
    known = member.contact
    given = (known.email, known.name, known.locale, known.zone, ", ".join(known.tags), member.added_at)
    return [cell(each) for each in (*given, way(member.change))]
