"""What is done to a list as a whole: with another list, or with those on it who fit; and all that was done to it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from jobs.lists import change_list
from models.db import transaction
from models.lists.change import ListChange, State
from models.lists.changing import SHORT
from models.lists.list import Busy, List
from web.audit import audit
from web.list_form import EVERYBODY, Wanted
from web.listing import Listing, by_number
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, here, visitor

page = Blueprint("list_changes", __name__, url_prefix="/lists/<id:list_id>/changes")

WITH_ANOTHER = ("merge", "subtract", "intersect")
WITH_WHO_FITS = ("filter", "weed")
LOSSES = {
    "subtract": "Take off this list whoever is on the other?",
    "intersect": "Keep on this list only those who are on the other, too?",
    "filter": "Keep on this list only those who fit?",
    "weed": "Take off this list those who fit?",
}


@page.get("")
@editors_only
def index(list_id: int) -> str:
    with transaction() as tx:
        shown = listed(tx, list_id)
        found: Listing[ListChange] = Listing.of(tx, history(list_id), by_number(ListChange.id))
        publications = Wanted.of(tx, here(), request.args).publications
    return render_template("lists/changes.html", list=shown, found=found, publications=publications)


@page.post("")
@editors_only
@sure(lambda list_id: _loss(), "Who was on it is not remembered: they can only be added again.")
def create(list_id: int) -> Response:
    try:
        with transaction() as tx:
            begun = _begun(tx, listed(tx, list_id), request.form.get("verb", ""))
            change = written_down(tx, begun) if begun else None
        words = carry_out(change) if change else "Please choose a list, and what is to be done with it."
    except Busy as busy:
        words = f"{busy}. Please try again when it is."
    flash(words)
    return redirect(url_for("lists.show", list_id=list_id))


@page.post("/cancellation")
@editors_only
def cancel(list_id: int) -> Response:
    with transaction() as tx:
        running = ListChange.running(tx, listed(tx, list_id).id)
        canceled = running is not None and running.cancel(tx)
        if canceled:
            audit(tx, "stopped the change of", listed(tx, list_id))
    flash("Stopped: what was done stays, and nothing else is." if canceled else "It is done already.")
    return redirect(url_for("lists.show", list_id=list_id))


def _loss() -> str:
    """What would be taken off, if anything."""
    verb = request.form.get("verb", "")
    with transaction() as tx:
        chosen = Wanted.of(tx, here(), request.form).told if verb in WITH_WHO_FITS else request.form.get("other")
    return LOSSES.get(verb, "") if chosen and chosen != EVERYBODY else ""


def listed(tx: Session, list_id: int) -> List:
    """The list of that number in this workspace; for anybody else's there is no such page."""
    return List.of(tx, here(), list_id) or abort(404)


def history(list_id: int):  # type: ignore[no-untyped-def]
    """Each with who did it."""
    mine = select(ListChange).filter_by(list_id=list_id)
    return mine.options(joinedload(ListChange.user), joinedload(ListChange.imported))


def carry_out(change: ListChange) -> str:
    """Does what is short at once, and the rest as a job; what became of everybody, in words."""
    if change.total > SHORT:
        soon(change_list.later, change.id)
        return "It is being done. You can close this page."
    change_list(change.id)
    with transaction() as tx:
        return told(tx.get_one(ListChange, change.id))


def written_down(tx: Session, change: ListChange) -> ListChange:
    """The same change, once the audit log has it."""
    mine = listed(tx, change.list_id)
    audit(tx, "changed", mine, f"{mine.name}: {change.way}")
    return change


def told(change: ListChange) -> str:
    said = ", ".join(f"{count:,} {words}" for words, count in change.result.items())
    return f"Done: {said}." if change.state == State.FINISHED and said else "Done: there was nobody."


def _begun(tx: Session, mine: List, verb: str) -> ListChange | None:
    """None when it does not say what is to be done, or with which list."""
    other = request.form.get("other", "")
    wanted = Wanted.of(tx, here(), request.form)
    if verb in WITH_WHO_FITS:
        begin = {"filter": mine.filter, "weed": mine.weed}[verb]
        return begin(tx, wanted.conditions, visitor.user.id) if wanted.told else None
    if verb == "merge" and other == EVERYBODY:
        return mine.gather(tx, wanted.conditions, visitor.user.id)
    source = List.of(tx, here(), int(other)) if other.isascii() and other.isdigit() and len(other) < 19 else None
    if source is None or source.id == mine.id or verb not in WITH_ANOTHER:
        return None
    begin_with = {"merge": mine.merge, "subtract": mine.subtract, "intersect": mine.intersect}[verb]
    return begin_with(tx, source, visitor.user.id)
