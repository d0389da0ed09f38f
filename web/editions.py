"""Editions of a newsletter: written, looked at, and how far they have come."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from models.db import transaction
from models.edition import Edition, State
from models.progress import Progress
from models.publication import Publication
from web import headers
from web.edition_form import EditionForm
from web.errors import wants_json
from web.proofs import proof
from web.streams import shut as shut_streams
from web.visitor import editors_only, ours, visitor

page = Blueprint("editions", __name__)


@page.get("/publications/<id:publication_id>/editions/new")
@editors_only
def new(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
    return render_template("editions/new.html", publication=publication, form=EditionForm())


@page.post("/publications/<id:publication_id>/editions")
@editors_only
def create(publication_id: int) -> AnyResponse | tuple[str, int]:
    form = EditionForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        edition = _written(tx, publication, form) if is_valid else None
    if edition is None:
        return render_template("editions/new.html", publication=publication, form=form), 422
    return redirect(url_for("editions.show", edition_id=edition.id))


@page.get("/editions/<id:edition_id>")
@editors_only
def show(edition_id: int) -> str | Response:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        progress = Progress.of(tx, edition.id)
        readers = edition.publication.subscribers(tx) if edition.state == State.DRAFT else 0
        streams = shut_streams(tx)
    if wants_json():
        return jsonify(told(edition, progress))
    about = {"progress": progress, "readers": readers, "streams": streams, "proof": proof(edition)}
    return render_template("editions/show.html", edition=edition, **about)


@page.get("/editions/<id:edition_id>/edit")
@editors_only
def edit(edition_id: int) -> str | AnyResponse:
    with transaction() as tx:
        edition = whole(tx, edition_id)
    if edition.state != State.DRAFT:
        return _too_late(edition_id)
    return render_template("editions/edit.html", edition=edition, form=EditionForm(obj=edition))


@page.post("/editions/<id:edition_id>")
@editors_only
def update(edition_id: int) -> AnyResponse | tuple[str, int]:
    form = EditionForm()
    is_valid = form.validate()
    with transaction() as tx:
        edition = whole(tx, edition_id)
        revised = is_valid and edition.revise(tx, **form.words)
    if not is_valid:
        return render_template("editions/edit.html", edition=edition, form=form), 422
    return redirect(url_for("editions.show", edition_id=edition_id)) if revised else _too_late(edition_id)


@page.get("/editions/<id:edition_id>/preview")
@editors_only
def preview(edition_id: int) -> Response:
    """The mail's own HTML, for a frame in which nothing of it can act."""
    with transaction() as tx:
        seen = proof(whole(tx, edition_id))
    body = str(seen.letter.html) if seen.letter else ""
    return Response(body, content_type="text/html", headers={"Content-Security-Policy": headers.MAIL})


def whole(tx: Session, edition_id: int) -> Edition:
    """The edition with its publication and workspace."""
    mine = select(Edition).filter_by(id=edition_id, workspace_id=visitor.workspace.id)
    found = tx.scalar(mine.options(joinedload(Edition.publication).joinedload(Publication.workspace)))
    if found is None:
        raise NotFound
    return found


def told(edition: Edition, progress: Progress) -> dict[str, object]:
    """An edition as programs read it."""
    return {
        "id": edition.id,
        "state": progress.state,
        "audience": progress.audience,
        "states": progress.states,
        "balances": progress.balances,
        "per_second": round(progress.per_second, 1),
        "seconds_left": progress.seconds_left,
    }


def _written(tx: Session, publication: Publication, form: EditionForm) -> Edition:
    edition = Edition(workspace_id=publication.workspace_id, publication_id=publication.id, **form.words)
    tx.add(edition)
    tx.flush()
    return edition


def _too_late(edition_id: int) -> AnyResponse:
    flash("It has been published: what it says cannot be changed any more.")
    return redirect(url_for("editions.show", edition_id=edition_id))
