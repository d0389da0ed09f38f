"""Newsletters: what there is to subscribe to, and whether it may go out."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer
from werkzeug.wrappers import Response
from wtforms.validators import NumberRange, ValidationError

from jobs.deliveries import feed
from models.db import transaction
from models.edition import Edition
from models.edition_state import State
from models.publication import Publication
from web.audit import audit
from web.fields import LineField, WholeNumberField, one_line
from web.listing import Listing, by_name, by_number, called, words
from web.soon import soon
from web.streams import shut as shut_streams
from web.visitor import editors_only, ours, visitor

page = Blueprint("publications", __name__)

LONGEST_GRACE = 600  # seconds
LONGEST_WORDS = 200  # characters


class PublicationForm(FlaskForm):
    name = LineField("Name", longest=80, description="Readers see it as the sender of every edition.")
    grace = WholeNumberField(
        "Seconds in which publishing can be undone",
        [NumberRange(0, LONGEST_GRACE, f"Please give a whole number from 0 to {LONGEST_GRACE}.")],
        default=30,
        description="Nobody is mailed before they are over. 0 sends at once.",
        render_kw={"inputmode": "numeric"},
    )
    taken: str | None = None  # the name that another publication has

    def validate_name(self, field: LineField) -> None:
        if field.data == self.taken:
            raise ValidationError("There is a newsletter of that name already.")


class PauseForm(FlaskForm):
    because = LineField("Why", description="Shown here for as long as it is paused.")


@page.get("/publications")
@editors_only
def index() -> str:
    every = called(select(Publication).filter_by(workspace_id=visitor.workspace.id), Publication.name)
    with transaction() as tx:
        found: Listing[Publication] = Listing.of(tx, every, by_name(Publication))
        readers = Publication.audiences(tx, [each.id for each in found.rows])
    return render_template("publications/index.html", found=found, readers=readers, words=words())


@page.get("/publications/new")
@editors_only
def new() -> str:
    return render_template("publications/new.html", form=PublicationForm())


@page.post("/publications")
@editors_only
def create() -> Response | tuple[str, int]:
    form = PublicationForm()
    with transaction() as tx:
        publication = _saved(tx, Publication(workspace_id=visitor.workspace.id), form)
    if publication is None:
        return render_template("publications/new.html", form=form), 422
    return redirect(url_for("publications.show", publication_id=publication.id))


@page.get("/publications/<id:publication_id>")
@editors_only
def show(publication_id: int) -> str:
    return _shown(publication_id, PauseForm(formdata=None))


@page.get("/publications/<id:publication_id>/edit")
@editors_only
def edit(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
    return render_template("publications/edit.html", publication=publication, form=PublicationForm(obj=publication))


@page.post("/publications/<id:publication_id>")
@editors_only
def update(publication_id: int) -> Response | tuple[str, int]:
    form = PublicationForm()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        saved = _saved(tx, publication, form)
    if saved is None:
        return render_template("publications/edit.html", publication=publication, form=form), 422
    flash("Saved.")
    return _back(publication_id)


@page.post("/publications/<id:publication_id>/pause")
@editors_only
def pause(publication_id: int) -> Response | tuple[str, int]:
    form = PauseForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        if is_valid:
            publication.pause(form.because.data)
            audit(tx, "paused", publication)
    return _back(publication_id) if is_valid else (_shown(publication_id, form), 422)


@page.post("/publications/<id:publication_id>/resumption")
@editors_only
def resume(publication_id: int) -> Response:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        publication.resume()
        audit(tx, "resumed", publication)
    soon(feed.later, "mailers", queue="mailers")
    flash("It goes on.")
    return _back(publication_id)


def with_workspace(tx: Session, publication_id: int) -> Publication:
    """One of here, with its workspace: at whose address all links in its mails begin."""
    publication = ours(tx, Publication, publication_id)
    publication.workspace  # noqa: B018  (read while there is a session to read it with)
    return publication


def _shown(publication_id: int, form: PauseForm) -> str:
    wanted = _wanted()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        standing, streams = publication.standing(tx), shut_streams(tx)
        found: Listing[Edition] = Listing.of(tx, _editions(publication, wanted), by_number(Edition.id))
    about = {"standing": standing, "streams": streams, "found": found, "form": form, "wanted": wanted, "states": State}
    return render_template("publications/show.html", publication=publication, **about)


def _wanted() -> dict[str, str]:
    """Which editions the address asks for: `words` of the subject, and a `state`, as far as they are given."""
    words, state = one_line(request.args.get("words"))[:LONGEST_WORDS], request.args.get("state", "")
    return ({"words": words} if words else {}) | ({"state": state} if state in [*State] else {})


def _editions(publication: Publication, wanted: Mapping[str, str]) -> Select[Edition]:
    """Those in that state, whose subject has these words in it: without what they say, which is long."""
    found = select(Edition).filter_by(publication_id=publication.id).options(defer(Edition.html), defer(Edition.text))
    if "state" in wanted:
        found = found.filter_by(state=wanted["state"])
    return found.where(Edition.subject.icontains(wanted["words"], autoescape=True)) if "words" in wanted else found


def _saved(tx: Session, publication: Publication, form: PublicationForm) -> Publication | None:
    """The publication as the form has it, or None when the form is not valid."""
    others = select(Publication.name).filter_by(workspace_id=publication.workspace_id, name=form.name.data)
    form.taken = tx.scalar(others.where(Publication.id != (publication.id or 0)))
    if not form.validate():
        return None
    form.populate_obj(publication)
    act = "changed" if publication.id else "made"
    tx.add(publication)
    tx.flush()
    audit(tx, act, publication)
    return publication


def _back(publication_id: int) -> Response:
    return redirect(url_for("publications.show", publication_id=publication_id))
