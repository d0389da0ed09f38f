"""Pictures of the library on their way into a letter: all of them, on a page of their own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from emails.checking import inspecting
from emails.writing import drafts
from emails.writing.draft import Unwritable
from emails.writing.pictures import at_the_end
from jobs.inspections import look_at
from models.db import transaction
from models.edition import Edition
from models.image import Image
from models.revision import Manner, Published, Revision
from web.again import again
from web.editions import too_late, whole
from web.images import ImageForm, said
from web.listing import Listing, by_number
from web.soon import soon
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("insertions", __name__, url_prefix="/editions/<id:edition_id>/pictures")


@page.get("")
@editors_only
def index(edition_id: int) -> str | Response:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        mine = select(Image).filter_by(workspace_id=here(), removed_at=None)
        found: Listing[Image] = Listing.of(tx, mine, by_number(Image.id))
    if not edition.is_draft:
        return too_late(edition_id)
    return render_template("insertions/index.html", edition=edition, found=found, form=ImageForm())


@page.post("/<id:image_id>")
@editors_only
def create(edition_id: int, image_id: int) -> Response | tuple[str, int]:
    """At the end of the draft, as a revision of its own. What it shows is said for the next letter, too."""
    form = ImageForm()
    if not form.validate():
        return again("alt", "What it shows", " ".join(form.alt.errors))
    try:
        with transaction() as tx:
            edition, image = whole(tx, edition_id), ours(tx, Image, image_id)
            image.alt = form.alt.data or ""
            _put(tx, edition, image)
    except Published:
        return too_late(edition_id)
    except Unwritable as problem:
        flash(f"It could not be put in: {problem}")
        return redirect(url_for("editions.edit", edition_id=edition_id))
    soon(look_at.later, edition_id)
    flash("It stands at the end of the letter: move it to where you want it.")
    return redirect(url_for("editions.edit", edition_id=edition_id, _anchor="body"))


def _put(tx: Session, edition: Edition, image: Image) -> None:
    latest = Revision.latest(tx, edition)
    body = at_the_end(latest.body, latest.format, said(visitor.workspace, image)[latest.format])
    about = {"since": latest.number, "user_id": visitor.user.id, "manner": Manner.SAVED}
    fresh = Revision.save(tx, edition, **about, **latest.written | {"body": body})  # type: ignore[arg-type]
    letter = drafts.letter(edition.publication, fresh)
    edition.revise(tx, **letter._asdict())
    inspecting.inspect(tx, edition, letter)
