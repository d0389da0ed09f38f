"""What was written of an edition before: compared, and brought back."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload
from werkzeug.wrappers import Response

from emails.writing import drafts
from jobs.inspections import look_at
from models.db import transaction
from models.edition import Edition
from models.revision import Manner, Published, Revision
from web.differences import differences
from web.editions import too_late, whole
from web.listing import Listing, by_number
from web.soon import soon
from web.visitor import editors_only, visitor

page = Blueprint("revisions", __name__, url_prefix="/editions/<id:edition_id>/revisions")


@page.get("")
@editors_only
def index(edition_id: int) -> str:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        every = select(Revision).filter_by(edition_id=edition.id).options(defer(Revision.body), defer(Revision.plain))
        every = every.options(joinedload(Revision.user))
        found: Listing[Revision] = Listing.of(tx, every, by_number(Revision.number))
    return render_template("revisions/index.html", edition=edition, found=found)


@page.get("/<id:number>")
@editors_only
def show(edition_id: int, number: int) -> str:
    """What it says, and how it differs from the draft as it is now."""
    with transaction() as tx:
        edition = whole(tx, edition_id)
        revision, latest = _numbered(tx, edition, number), Revision.latest(tx, edition)
    changes = differences(revision.written, latest.written)
    about = {"revision": revision, "latest": latest, "changes": changes, "is_draft": edition.is_draft}
    return render_template("revisions/show.html", edition=edition, **about)


@page.post("/<id:number>/restoration")
@editors_only
def restore(edition_id: int, number: int) -> Response:
    """Saves it again as the newest; nothing in between is lost."""
    try:
        with transaction() as tx:
            edition = whole(tx, edition_id)
            old, latest = _numbered(tx, edition, number), Revision.latest(tx, edition)
            about = {"since": latest.number, "user_id": visitor.user.id, "manner": Manner.SAVED}
            fresh = Revision.save(tx, edition, **about, **old.written)  # type: ignore[arg-type]
            edition.revise(tx, **drafts.letter(edition.publication, fresh)._asdict())
    except Published:
        return too_late(edition_id)
    soon(look_at.later, edition_id)
    flash(f"Revision {number} is the draft again.")
    return redirect(url_for("editions.edit", edition_id=edition_id))


def _numbered(tx: Session, edition: Edition, number: int) -> Revision:
    found = select(Revision).filter_by(edition_id=edition.id, number=number).options(joinedload(Revision.user))
    return tx.scalar(found) or abort(404)
