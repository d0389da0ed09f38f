"""Pictures of letters by key: sent, listed, described, taken away."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from werkzeug.exceptions import Conflict, UnprocessableEntity

from emails import links, pictures
from emails.pictures import NoPicture
from models import image_use
from models.api_key import Scope
from models.db import transaction
from models.image import Image
from models.image_use import InUse
from models.workspace import Workspace
from web import images, uploads
from web.api import bodies, cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import COUNT, ID, MOMENT, TEXT, YES, record, text, word
from web.api.shapes import page as page_of
from web.audit import audit
from web.fields import one_line
from web.visitor import here, ours

page = Blueprint("images_api", __name__)

ALT = text(images.LONGEST)
IMAGE = record(
    id=ID, name=TEXT, alt=TEXT, kind=word(*pictures.ENDINGS), width=COUNT, height=COUNT, size=COUNT, address=TEXT,
    created_at=MOMENT,
)  # fmt: skip


@page.get("/images")
@needs(Scope.EDITIONS_READ)
@tells(page_of("images", IMAGE), query=cursors.QUERY)
def index() -> Response:
    """The pictures of the library, newest first; `address` is what stands in a letter."""
    filters.check("cursor", "limit")
    with transaction() as tx:
        workspace = tx.get_one(Workspace, here())
        mine = select(Image).filter_by(workspace_id=here(), removed_at=None)
        return cursors.page(tx, "images", mine, Image.id, lambda each: _told(workspace, each))


@page.post("/images")
@needs(Scope.EDITIONS_WRITE)
@tells(IMAGE, status=201, file={"name": TEXT, "alt": ALT})
def create() -> tuple[Response, int]:
    """The file is in a form, or is the body: a PNG, JPEG, GIF or WebP of at most 10 MB, whatever its name says.

    The same picture once more is the one that is there. `alt` says in words what it shows.
    """
    uploads.make_room(pictures.LARGEST)
    with uploads.received(_given("name"), "its own media type", pictures.LARGEST) as upload:
        alt = one_line(_given("alt"))
        if len(alt) > images.LONGEST:
            raise UnprocessableEntity(f"alt has at most {images.LONGEST} characters.")
        try:
            image = images.kept(upload, alt)
        except NoPicture as refused:
            raise UnprocessableEntity(str(refused)) from None
    with transaction() as tx:
        return jsonify(_told(tx.get_one(Workspace, here()), image)), 201


@page.get("/images/<id:image_id>")
@needs(Scope.EDITIONS_READ)
@tells(IMAGE)
def show(image_id: int) -> Response:
    """One picture."""
    with transaction() as tx:
        return jsonify(_told(tx.get_one(Workspace, here()), ours(tx, Image, image_id)))


@page.patch("/images/<id:image_id>")
@needs(Scope.EDITIONS_WRITE)
@tells(IMAGE, takes={"alt": ALT}, needed=("alt",))
def update(image_id: int) -> Response:
    """What it shows, for the next letter: those that are written say what they said."""
    with transaction() as tx:
        image = ours(tx, Image, image_id)
        image.alt = one_line(bodies.fields()["alt"])
        audit(tx, "described", image)
        return jsonify(_told(tx.get_one(Workspace, here()), image))


@page.post("/images/<id:image_id>/removal")
@needs(Scope.EDITIONS_WRITE)
@tells(record(gone=YES))
def destroy(image_id: int) -> Response:
    """409 while it stands in something that can still be sent. `gone` is false where sent letters still show it."""
    try:
        with transaction() as tx:
            image = ours(tx, Image, image_id)
            bodies.fields()
            audit(tx, "removed", image)
            return jsonify(gone=image_use.remove(tx, image))
    except InUse as used:
        raise Conflict(f"It stands in {used}: please take it out there first.") from None


def _given(name: str) -> str:
    """Of the form, or of the address."""
    return request.args.get(name) or request.form.get(name, "")


def _told(workspace: Workspace, image: Image) -> dict[str, Any]:
    words = {name: getattr(image, name) for name in ("id", "name", "alt", "kind", "width", "height", "size")}
    return words | {"address": links.picture(workspace, image), "created_at": image.created_at.isoformat()}
