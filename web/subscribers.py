"""The subscribers of a newsletter: looked for, tagged, unsubscribed, taken away as a file."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session, contains_eager
from werkzeug.wrappers import Response as Answer

from models import roster
from models.contact import Contact
from models.db import transaction
from models.publication import Publication
from models.roster import STATES, Roster
from models.subscription import Subscription
from web import bulk_changes, exports
from web.audit import audit
from web.fields import one_line
from web.listing import Listing, Sort, by_number, ticked
from web.sure import sure
from web.visitor import by_visitor, editors_only, here, ours, visitor

page = Blueprint("subscribers", __name__)

LONGEST = 80  # characters of a tag
SORTS = {
    **by_number(Subscription.id),
    "address": Sort("by address", (Contact.email,)),
}
OF_SOME = {"address": SORTS["address"]}  # addresses with one beginning stand together in this order, and in no other
_WHOLE = contains_eager(Subscription.contact)


@page.get("/publications/<id:publication_id>/subscribers")
@editors_only
def index(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        wanted = _wanted(publication_id, request.args)
        standing = publication.standing(tx)
        people = wanted.found.where(Contact.workspace_id == here()).options(_WHOLE)
        found: Listing[Subscription] = Listing.of(tx, people, OF_SOME if wanted.beginning else SORTS)
    about = {"wanted": wanted, "standing": standing, "states": STATES, "filters": _filters(wanted)}
    return render_template("subscribers/index.html", publication=publication, found=found, **about)


@page.post("/publications/<id:publication_id>/exports")
@editors_only
def export(publication_id: int) -> Answer:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
    about = {"publication": publication.id, "wanted": _filters(_wanted(publication_id, request.args))}
    name, form = f"Subscribers of {publication.name}", exports.wanted_form()
    return exports.led(exports.asked("publication", about, name, form, visitor.user.id))


@page.post("/publications/<id:publication_id>/subscribers")
@editors_only
@sure(lambda publication_id: _farewell(), "They get no edition any more. Only they themselves can subscribe again.")
def change(publication_id: int) -> Answer | tuple[str, int]:
    """Does one thing to those who are ticked; to everybody who was found after it has been asked once more."""
    filters = _filters(_wanted(publication_id, request.form))
    if wrong := bulk_changes.wrong_tag():
        return wrong
    if request.form.get("whom") == "all":
        return redirect(bulk_changes.asking("subscribers", publication_id=publication_id, **filters))
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        ids = Roster(publication_id, **filters).ids(tx, ticked())
        missing = _missing(ids)
        words = missing or _do(tx, ids)
        if not missing:
            audit(tx, "changed subscribers of", publication, f"{publication.name}: {words}")
    flash(words)
    return redirect(url_for("subscribers.index", publication_id=publication_id, **filters))


def _farewell() -> str:
    """What there is to be asked about the ticked; all who were found are asked about elsewhere."""
    meant = request.form.get("do") == "unsubscribe" and request.form.get("whom") != "all"
    return f"Unsubscribe {len(ticked())}?" if meant and ticked() else ""


def _do(tx: Session, ids: list[int]) -> str:
    word, verb = _word(), request.form.get("do")
    if verb == "unsubscribe":
        return f"{roster.end(tx, ids, by_visitor()):,} unsubscribed."
    if verb == "tag":
        return f"{len(roster.tag(tx, ids, word)):,} tagged “{word}”."
    return f"“{word}” taken from {len(roster.untag(tx, ids, word)):,}."


def _missing(ids: list[int]) -> str:
    """What has to be said before anything is done."""
    if not ids:
        return "Nobody was ticked."
    return "" if request.form.get("do") == "unsubscribe" or _word() else "Please give the tag."


def _word() -> str:
    return one_line(request.form.get("word"))[:LONGEST]


def _wanted(publication_id: int, given: Any) -> Roster:
    state = given.get("state", "")
    known = state if state in STATES else ""
    return Roster(publication_id, known, one_line(given.get("tag")), one_line(given.get("beginning")))


def _filters(wanted: Roster) -> dict[str, Any]:
    return {name: text for name, text in wanted._asdict().items() if name != "publication_id" and text}
