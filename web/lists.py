"""Lists of contacts: what there are, who is on one, and what was done to it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.lists import drop_list
from models.contact import Contact
from models.db import transaction
from models.lists import fitting
from models.lists.change import ListChange
from models.lists.changing import SHORT
from models.lists.list import Busy, List
from models.lists.member import ListMember
from web.audit import audit
from web.fields import one_line
from web.list_changes import carry_out, history, listed
from web.list_form import EVERYBODY, ListForm, NewListForm, Wanted
from web.listing import Listing, Sort, by_number
from web.live import live
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, here, visitor

page = Blueprint("lists", __name__)

SHOWN = 5  # of what was done to it
LISTS = {**by_number(List.id), "name": Sort("by name", (List.name, List.id))}
SORTS = {
    **by_number(ListMember.contact_id),
    "address": Sort("by address", (Contact.email,)),
}


@page.get("/lists")
@editors_only
def index() -> str:
    words = one_line(request.args.get("words"))
    every = select(List).filter_by(workspace_id=here(), deleted_at=None)
    if words:
        every = every.where(List.name.icontains(words, autoescape=True) | List.note.icontains(words, autoescape=True))
    with transaction() as tx:
        found: Listing[List] = Listing.of(tx, every, LISTS)
    return render_template("lists/index.html", found=found, words=words)


@page.get("/lists/new")
@editors_only
def new() -> str:
    form = NewListForm()
    with transaction() as tx:
        form.offer(List.choices(tx, here()))
    return render_template("lists/new.html", form=form)


@page.post("/lists")
@editors_only
def create() -> Response | tuple[str, int]:
    form = NewListForm()
    with transaction() as tx:
        form.offer(List.choices(tx, here()))
        form.taken = _taken(tx, form.name.data)
        made, change = _made(tx, form) if form.validate() else (None, None)
    if made is None:
        return render_template("lists/new.html", form=form), 422
    if change is not None:
        flash(carry_out(change))
    return redirect(url_for("lists.show", list_id=made.id))


@page.get("/lists/<id:list_id>")
@editors_only
@live
def show(list_id: int) -> str:
    with transaction() as tx:
        shown = listed(tx, list_id)
        wanted = Wanted.of(tx, here(), request.args)
        people = fitting.members(here(), list_id, wanted.conditions).where(Contact.workspace_id == here())
        found: Listing[ListMember] = Listing.of(tx, people, SORTS)
        done = tx.scalars(history(list_id).order_by(ListChange.id.desc()).limit(SHOWN)).all()
        others = [each for each in List.choices(tx, here()) if each.id != list_id]
        running = ListChange.running(tx, list_id)
    about = {"wanted": wanted, "found": found, "done": done, "others": others, "running": running}
    return render_template("lists/show.html", list=shown, **about)


@page.get("/lists/<id:list_id>/edit")
@editors_only
def edit(list_id: int) -> str:
    with transaction() as tx:
        shown = listed(tx, list_id)
    return render_template("lists/edit.html", list=shown, form=ListForm(obj=shown))


@page.post("/lists/<id:list_id>")
@editors_only
def update(list_id: int) -> Response | tuple[str, int]:
    form = ListForm()
    with transaction() as tx:
        shown = listed(tx, list_id)
        form.taken = _taken(tx, form.name.data) if form.name.data != shown.name else None
        if is_valid := form.validate():
            shown.name, shown.note = form.name.data, form.note.data
            audit(tx, "changed", shown)
    if not is_valid:
        return render_template("lists/edit.html", list=shown, form=form), 422
    flash("Saved.")
    return redirect(url_for("lists.show", list_id=list_id))


@page.post("/lists/<id:list_id>/deletion")
@editors_only
@sure("Delete this list?", "Its people stay known here. Who was on it is forgotten.")
def delete(list_id: int) -> Response:
    """Its contacts stay. A segment, or an edition not sent off, that names it must be changed before."""
    problem = ""
    with transaction() as tx:
        dead = listed(tx, list_id)
        try:
            named = dead.delete(tx)
            if not named:
                audit(tx, "deleted", dead)
            problem = f"It stays: “{named[0]}” names it." if named else ""
        except Busy as busy:
            problem = f"{busy}."
    flash(problem or f"{dead.name} is gone. Its contacts stay.")
    if problem:
        return redirect(url_for("lists.show", list_id=list_id))
    drop_list(list_id) if dead.members <= SHORT else soon(drop_list.later, list_id)
    return redirect(url_for("lists.index"))


def _taken(tx: Session, name: str | None) -> str | None:
    """The name, when another list has it."""
    return name if name and List.named(tx, here(), name) else None


def _made(tx: Session, form: NewListForm) -> tuple[List, ListChange | None]:
    """The list, and what brings those whom it begins with."""
    made = List.begin(tx, here(), form.name.data, form.note.data)
    audit(tx, "made", made)
    if form.source.data == EVERYBODY:
        return made, made.gather(tx, Wanted.of(tx, here(), request.form).conditions, visitor.user.id)
    source = listed(tx, int(form.source.data)) if form.source.data else None
    return made, made.merge(tx, source, visitor.user.id) if source else None
