"""Editions of a newsletter: written, looked at, and how far they have come."""

from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response as AnyResponse

from emails.checking import inspecting
from emails.writing.draft import Parts
from jobs.inspections import look_at
from models.db import transaction
from models.edition import Edition, State
from models.ledger import number_of
from models.progress import Progress
from models.publication import Publication
from models.reach import MANY, Reach
from models.revision import Manner, Overtaken, Published, Revision
from models.setback import Setback
from web.differences import differences
from web.edition_form import EditionForm
from web.errors import wants_json
from web.images import at_hand, picked
from web.live import live
from web.proofs import framed, proof
from web.soon import soon
from web.streams import shut as shut_streams
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("editions", __name__)


@page.get("/publications/<id:publication_id>/editions/new")
@editors_only
def new(publication_id: int) -> str:
    with transaction() as tx:
        return _form(tx, "new", _begin(tx), publication=ours(tx, Publication, publication_id))


@page.post("/publications/<id:publication_id>/editions")
@editors_only
def create(publication_id: int) -> AnyResponse | tuple[str, int]:
    form = EditionForm()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        letter = _letter(tx, form, publication)
        if letter is None:
            return _form(tx, "new", form, publication=publication), 422
        edition = begun(tx, publication, form, letter)
    soon(look_at.later, edition.id)
    return _onwards(edition.id)


@page.get("/editions/<id:edition_id>")
@editors_only
@live
def show(edition_id: int) -> str | Response:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        progress = Progress.of(tx, edition.id)
        readers = Reach.of(tx, edition).readers(tx) if edition.is_draft and not wants_json() else 0
        streams, seen = shut_streams(tx), proof(tx, edition)
        about = _about(tx, edition, progress)
    if wants_json():
        return jsonify(told(edition, progress))
    about |= {"progress": progress, "readers": readers, "streams": streams, "proof": seen}
    return render_template("editions/show.html", edition=edition, **about)


@page.get("/editions/<id:edition_id>/edit")
@editors_only
@live
def edit(edition_id: int) -> str | AnyResponse:
    with transaction() as tx:
        edition = whole(tx, edition_id)
        if not edition.is_draft:
            return too_late(edition_id)
        revision = Revision.latest(tx, edition)
        return _open(tx, "edit", EditionForm.of(revision), edition, revision=revision)


@page.post("/editions/<id:edition_id>")
@editors_only
def update(edition_id: int) -> AnyResponse | tuple[str, int]:
    form = EditionForm()
    try:
        with transaction() as tx:
            edition = whole(tx, edition_id)
            letter = _letter(tx, form, edition.publication)
            if letter is None:
                return _open(tx, "edit", form, edition, revision=Revision.latest(tx, edition), is_unsaved=True), 422
            save(tx, edition, form, letter, Manner.SAVED)
    except Overtaken as other:
        return _overtaken(edition_id, form, other)
    except Published:
        return too_late(edition_id)
    soon(look_at.later, edition_id)
    return _onwards(edition_id)


@page.get("/editions/<id:edition_id>/preview")
@editors_only
def preview(edition_id: int) -> Response:
    """The mail's own HTML, for a frame in which nothing of it can act."""
    with transaction() as tx:
        seen = proof(tx, whole(tx, edition_id))
    return framed(str(seen.letter.html) if seen.letter else "")


def whole(tx: Session, edition_id: int) -> Edition:
    """The edition with its publication and workspace."""
    mine = select(Edition).filter_by(id=edition_id, workspace_id=here())
    return tx.scalar(mine.options(joinedload(Edition.publication).joinedload(Publication.workspace))) or abort(404)


def begun(tx: Session, publication: Publication, form: EditionForm, letter: Parts) -> Edition:
    """A draft with its first revision."""
    made = Edition(workspace_id=publication.workspace_id, publication_id=publication.id, **letter._asdict())
    tx.add(made)
    tx.flush()
    form.since.data = ""  # whatever was sent: there is nothing yet that it could be written from
    save(tx, made, form, letter, Manner.SAVED)
    return made


def save(tx: Session, edition: Edition, form: EditionForm, letter: Parts, manner: Manner) -> Revision:
    """Raises `Overtaken` and `Published`."""
    about = {"since": form.written_from, "user_id": visitor.user.id, "manner": manner}
    revision = Revision.save(tx, edition, **about, **form.words)  # type: ignore[arg-type]
    edition.revise(tx, **letter._asdict())
    inspecting.inspect(tx, edition, letter)
    return revision


def told(edition: Edition, progress: Progress) -> dict[str, object]:
    """An edition as programs read it."""
    return {
        "id": edition.id,
        "state": progress.state,
        "due_at": edition.due_at.isoformat() if edition.due_at else None,
        "audience": progress.audience,
        "states": progress.states,
        "balances": progress.balances,
        "per_second": round(progress.per_second, 1),
        "seconds_left": progress.seconds_left,
    }


def too_late(edition_id: int) -> AnyResponse:
    flash("It has been published: what it says cannot be changed any more.")
    return redirect(url_for("editions.show", edition_id=edition_id))


def _form(tx: Session, name: str, form: EditionForm, **about: Any) -> str:
    return render_template(f"editions/{name}.html", form=form, at_hand=at_hand(tx), **about)


def _open(tx: Session, name: str, form: EditionForm, edition: Edition, **about: Any) -> str:
    """A draft's form, and beside it what was found in the draft as it is kept."""
    return _form(tx, name, form, edition=edition, inspection=inspecting.standing(tx, edition), **about)


def _begin(tx: Session) -> EditionForm:
    """With what another edition says, if the address says like which."""
    other = Edition.of(tx, here(), number_of(request.args.get("like", "")))
    return EditionForm(data=Revision.latest(tx, other).written) if other else EditionForm()


def _letter(tx: Session, form: EditionForm, publication: Publication) -> Parts | None:
    """What was typed, with the picture whose button was pressed."""
    if said := picked(tx):
        form.put_in(said)
    return form.letter(publication)


def _onwards(edition_id: int) -> AnyResponse:
    """Back to writing for whoever put in a picture, to all pictures for whoever wants another, else to the draft."""
    if "picture" in request.form:
        return redirect(url_for("editions.edit", edition_id=edition_id, _anchor="body"))
    place = "insertions.index" if "pictures" in request.form else "editions.show"
    return redirect(url_for(place, edition_id=edition_id))


def _about(tx: Session, edition: Edition, progress: Progress) -> dict[str, object]:
    """Of one that is sent, who came too late; of a draft what was found, and why it could not go, until it is saved."""
    if not edition.is_draft:
        return {"many": MANY, "late": progress.state == State.SENT and Reach.of(tx, edition).late_joiners(tx, MANY + 1)}
    setback = Setback.latest(tx, edition.id) if edition.state == State.DRAFT else None
    is_news = setback and setback.created_at > Revision.latest(tx, edition).created_at
    return {"setback": setback if is_news else None, "inspection": inspecting.standing(tx, edition)}


def _overtaken(edition_id: int, form: EditionForm, other: Overtaken) -> tuple[str, int]:
    """Both are shown, and what was typed here is kept: whoever saves again has seen what the other wrote."""
    form.since.data = str(other.number)
    about = {"other": other, "changes": differences(other.written, form.words)}
    with transaction() as tx:
        return _open(tx, "overtaken", form, whole(tx, edition_id), **about), 409
