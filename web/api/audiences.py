"""For whom an edition is meant, and how many get it and do not, and why."""

from flask import Blueprint, Response, jsonify
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict, UnprocessableEntity

from models.api_key import Scope
from models.db import transaction
from models.edition import Edition
from models.reach import Reach
from models.segments import pinning
from models.segments.misread import Misread
from models.segments.written import written
from web.api import bodies, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import TEXT, counts, record
from web.visitor import here, ours

page = Blueprint("audiences_api", __name__)

AUDIENCE = record(meant_for=TEXT, counts=counts())


@page.get("/editions/<id:edition_id>/audience")
@needs(Scope.EDITIONS_READ)
@tells(AUDIENCE)
def show(edition_id: int) -> Response:
    """For whom it is meant, and how many get it and do not, by the reason why, as it would be now."""
    filters.check()
    with transaction() as tx:
        return jsonify(_told(tx, ours(tx, Edition, edition_id)))


@page.post("/editions/<id:edition_id>/audience")
@needs(Scope.EDITIONS_WRITE)
@tells(AUDIENCE, takes={"meant_for": TEXT}, needed=("meant_for",))
def update(edition_id: int) -> Response:
    """Means a draft for some subscribers: `in segment 3`; empty for all of them."""
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        if not edition.mean(tx, _read(tx)):
            raise Conflict("It has been published: whom it is for cannot be changed any more.")
        return jsonify(_told(tx, edition))


def _read(tx: Session) -> str:
    query = bodies.fields()["meant_for"]
    try:
        return written(pinning.read(tx, here(), query)) if query.strip() else ""
    except Misread as problem:
        raise UnprocessableEntity(f"meant_for: {problem}") from None


def _told(tx: Session, edition: Edition) -> dict[str, object]:
    return {"meant_for": edition.meant_for, "counts": Reach.of(tx, edition).counts(tx)}
