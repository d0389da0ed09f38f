"""The subscribers of a newsletter: looked for, tagged, unsubscribed, taken away as a file."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session, contains_eager
from werkzeug.wrappers import Response as Answer

from models import roster
from models.db import transaction
from models.publication import Publication
from models.roster import MOST, STATES, Roster
from models.subscription import Subscription
from web import exports
from web.fields import one_line
from web.pages import Page
from web.visitor import by_visitor, editors_only, ours, visitor

page = Blueprint("subscribers", __name__)

LONGEST = 80  # characters of a tag
_WHOLE = contains_eager(Subscription.contact)


@page.get("/publications/<id:publication_id>/subscribers")
@editors_only
def index(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        wanted = _wanted(publication_id, request.args)
        standing = publication.standing(tx)
        found: Page[Subscription] = Page.of(tx, wanted.found.options(_WHOLE), Subscription.id)
    about = {"wanted": wanted, "standing": standing, "states": STATES, "most": MOST, "filters": _filters(wanted)}
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
def change(publication_id: int) -> Answer:
    """Does one thing to those who are ticked, or to everybody who was found, 10,000 at once."""
    wanted = _wanted(publication_id, request.form)
    with transaction() as tx:
        ours(tx, Publication, publication_id)
        everybody = request.form.get("whom") == "all"
        ids = wanted.ids(tx, None if everybody else _chosen())
        flash(_do(tx, ids))
    return redirect(url_for("subscribers.index", publication_id=publication_id, **_filters(wanted)))


def _do(tx: Session, ids: list[int]) -> str:
    word = one_line(request.form.get("word"))[:LONGEST]
    verb = request.form.get("do")
    if not ids:
        return "Nobody was ticked."
    if verb == "unsubscribe":
        return f"{roster.end(tx, ids, by_visitor()):,} unsubscribed."
    if not word:
        return "Please give the tag."
    if verb == "tag":
        return f"{roster.tag(tx, ids, word):,} tagged “{word}”."
    return f"“{word}” taken from {roster.untag(tx, ids, word):,}."


def _chosen() -> list[int]:
    given = request.form.getlist("subscription")
    return [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19]


def _wanted(publication_id: int, given: Any) -> Roster:
    state = given.get("state", "")
    known = state if state in STATES else ""
    return Roster(publication_id, known, one_line(given.get("tag")), one_line(given.get("beginning")))


def _filters(wanted: Roster) -> dict[str, Any]:
    return {name: text for name, text in wanted._asdict().items() if name != "publication_id" and text}
