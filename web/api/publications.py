"""Newsletters: what there is to subscribe to, and whether it may go out."""

from typing import Any

from flask import Blueprint, Response, jsonify
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import UnprocessableEntity

from jobs.deliveries import feed
from models.api_key import Scope
from models.archive import Readers
from models.db import transaction
from models.publication import Publication
from web.api import bodies, cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import COUNT, ID, MOMENT, TEXT, YES, counts, maybe, record, text, word
from web.api.shapes import page as page_of
from web.audit import audit
from web.sign_up_pages import SLUG
from web.soon import soon
from web.visitor import here, ours

page = Blueprint("publications_api", __name__)

FIELDS = {
    "name": text(80, least=1),
    "slug": maybe(text(60)),
    "about": text(1_000),
    "opt_in": word("double", "single"),
    "archive": word(*Readers),
    "tracks": YES,
}
PUBLICATION = record(
    id=ID, name=TEXT, slug=maybe(TEXT), about=TEXT, opt_in=FIELDS["opt_in"], archive=FIELDS["archive"], tracks=YES,
    paused_at=maybe(MOMENT), paused_because=TEXT, standing=counts(COUNT), created_at=MOMENT,
)  # fmt: skip


@page.get("/publications")
@needs(Scope.PUBLICATIONS_READ)
@tells(page_of("publications", PUBLICATION), query=cursors.QUERY)
def index() -> Response:
    """All newsletters, newest first."""
    filters.check("cursor", "limit")
    with transaction() as tx:
        mine = select(Publication).filter_by(workspace_id=here())
        return cursors.page(tx, "publications", mine, Publication.id, lambda each: _told(tx, each))


@page.post("/publications")
@needs(Scope.PUBLICATIONS_WRITE)
@tells(PUBLICATION, status=201, takes=FIELDS, needed=("name",))
def create() -> tuple[Response, int]:
    """Begins a newsletter, which nobody subscribes to yet."""
    given = bodies.fields()
    with transaction() as tx:
        publication = Publication(workspace_id=here(), name="")
        _write(tx, publication, given)
        return jsonify(_told(tx, publication)), 201


@page.get("/publications/<id:publication_id>")
@needs(Scope.PUBLICATIONS_READ)
@tells(PUBLICATION)
def show(publication_id: int) -> Response:
    """One newsletter, and how many of those who ever subscribed are in each state."""
    with transaction() as tx:
        return jsonify(_told(tx, ours(tx, Publication, publication_id)))


@page.patch("/publications/<id:publication_id>")
@needs(Scope.PUBLICATIONS_WRITE)
@tells(PUBLICATION, takes=FIELDS)
def update(publication_id: int) -> Response:
    """Changes what is given; the rest stays."""
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        _write(tx, publication, bodies.fields())
        return jsonify(_told(tx, publication))


@page.post("/publications/<id:publication_id>/pause")
@needs(Scope.PUBLICATIONS_WRITE)
@tells(PUBLICATION, takes={"because": text(200, least=1)}, needed=("because",))
def pause(publication_id: int) -> Response:
    """Nothing more of it is sent; what is on its way arrives."""
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        publication.pause(bodies.fields()["because"])
        audit(tx, "paused", publication)
        return jsonify(_told(tx, publication))


@page.post("/publications/<id:publication_id>/resume")
@needs(Scope.PUBLICATIONS_WRITE)
@tells(PUBLICATION)
def resume(publication_id: int) -> Response:
    """It goes on, and its rates are counted afresh."""
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        bodies.fields()
        publication.resume()
        audit(tx, "resumed", publication)
        told = _told(tx, publication)
    soon(feed.later, "mailers", queue="mailers")
    return jsonify(told)


def _write(tx: Session, publication: Publication, given: dict[str, Any]) -> None:
    """Raises 422."""
    given = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    if "slug" in given:
        given["slug"] = given["slug"] or None
    _check(tx, publication, given)
    for name, value in given.items():
        setattr(publication, name, value)
    act = "changed" if publication.id else "made"
    tx.add(publication)
    tx.flush()
    audit(tx, act, publication)


def _check(tx: Session, publication: Publication, given: dict[str, Any]) -> None:
    if given.get("slug") and not SLUG.fullmatch(given["slug"]):
        raise UnprocessableEntity("slug is of small letters, digits and hyphens, such as notes-on-g.")
    others = select(Publication.id).where(Publication.id != (publication.id or 0))
    with tx.no_autoflush:
        if tx.scalar(others.filter_by(workspace_id=here(), name=given.get("name", ""))):
            raise UnprocessableEntity("There is a newsletter of that name already.")
        if given.get("slug") and tx.scalar(others.filter_by(slug=given["slug"])):
            raise UnprocessableEntity("Another newsletter has this slug.")


def _told(tx: Session, publication: Publication) -> dict[str, Any]:
    words = ("id", "name", "slug", "about", "opt_in", "archive", "tracks", "paused_because")
    moments = {"paused_at": publication.paused_at, "created_at": publication.created_at}
    told = {word: getattr(publication, word) for word in words}
    return told | {name: at and at.isoformat() for name, at in moments.items()} | {"standing": publication.standing(tx)}
