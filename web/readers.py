"""Past editions for a subscriber, by the link that stands in their mails: those for subscribers alone as well.

It asks for no sign-in, and holds for as long as they subscribe. What has no public address is read so too.
"""

from flask import Blueprint, Response, abort, render_template, url_for
from sqlalchemy.orm import Session

from models import archive
from models.db import transaction
from models.publication import Publication
from web import reading
from web.visitor import public

page = Blueprint("readers", __name__, url_prefix="/readers/<reader_token>")

KEPT = "private, no-cache"


@page.get("")
@public
def index(reader_token: str) -> Response:
    with transaction() as tx:
        publication = _read(tx, reader_token)
        found = reading.shelf(tx, publication, subscribes=True)
    home = url_for("readers.index", reader_token=reader_token)
    return reading.page(render_template("archives/index.html", publication=publication, found=found, home=home), KEPT)


@page.get("/<id:past_id>")
@public
def show(reader_token: str, past_id: int) -> Response:
    with transaction() as tx:
        publication = _read(tx, reader_token)
        edition = reading.shown(tx, publication, past_id)
    home = url_for("readers.index", reader_token=reader_token)
    about = {"edition": edition, "article": reading.written(edition), "home": home}
    return reading.page(render_template("archives/show.html", publication=publication, **about), KEPT)


def _read(tx: Session, reader_token: str) -> Publication:
    subscription = archive.reader(tx, reader_token) or abort(404)
    publication = tx.get_one(Publication, subscription.publication_id)
    publication.workspace  # noqa: B018  (read while there is a session to read it with)
    return publication
