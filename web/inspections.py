"""What is wrong with an edition before it is sent: looked at when it is saved, and whenever somebody asks."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from emails.checking import inspecting
from emails.writing.draft import Unwritable
from jobs.inspections import follow_links
from models.db import transaction
from models.inspection import Inspection
from web.editions import too_late, whole
from web.soon import soon
from web.visitor import editors_only

page = Blueprint("inspections", __name__, url_prefix="/editions/<id:edition_id>")


@page.post("/checks")
@editors_only
def create(edition_id: int) -> Response:
    """Everything is looked at again. A draft that makes no letter says so on its page."""
    with transaction() as tx:
        edition = whole(tx, edition_id)
        Inspection.forget(tx, edition.id)
        try:
            inspecting.inspect(tx, edition)
        except Unwritable:
            return redirect(url_for("editions.show", edition_id=edition_id))
    soon(follow_links.later, edition_id)
    return redirect(url_for("editions.show", edition_id=edition_id, _anchor="checks"))


@page.get("/publication")
@editors_only
def ask(edition_id: int) -> str | Response:
    """Whether it is to be published all the same."""
    with transaction() as tx:
        edition = whole(tx, edition_id)
        inspection = inspecting.standing(tx, edition) if edition.is_draft else None
    if not edition.is_draft:
        return too_late(edition_id)
    return render_template("inspections/ask.html", edition=edition, inspection=inspection)
