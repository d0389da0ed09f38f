"""A publication's past editions, for anybody: a list that can be searched, a page each, a feed.

No cookie is read or set, so whatever stands between us and readers may keep a page for some minutes.
"""

from flask import Blueprint, Response, abort, render_template, url_for
from sqlalchemy.orm import Session

from emails import links
from models import archive
from models.archive import Readers
from models.db import transaction
from models.publication import Publication
from web import feeds, reading
from web.reading import Shelf
from web.visitor import public

page = Blueprint("archives", __name__, url_prefix="/archive/<slug>")

KEPT = "public, max-age=300"  # seconds: how long a correction may take to be seen


@page.get("")
@public
def index(slug: str) -> Response:
    with transaction() as tx:
        publication = _published(tx, slug)
        found = reading.shelf(tx, publication)
    return reading.page(_listed(publication, found), KEPT)


@page.get("/<id:past_id>")
@public
def show(slug: str, past_id: int) -> Response:
    """One for subscribers alone says so, and nothing of what is in it."""
    with transaction() as tx:
        publication = _published(tx, slug)
        edition = reading.shown(tx, publication, past_id)
    readers = archive.readers(publication, edition)
    if readers == Readers.NOBODY:
        abort(404)
    template = "archives/show.html" if readers == Readers.EVERYBODY else "archives/closed.html"
    address = links.archive(publication.workspace, slug)
    about = {"article": reading.written(edition), "home": url_for("archives.index", slug=slug), "address": address}
    return reading.page(render_template(template, publication=publication, edition=edition, **about), KEPT)


@page.get("/feed.xml")
@public
def feed(slug: str) -> Response:
    """The latest that everybody may read, whole."""
    with transaction() as tx:
        publication = _published(tx, slug)
        editions = archive.listed(tx, publication, shown_to=[Readers.EVERYBODY])[: archive.PAGE]
    return reading.page(feeds.rss(publication, editions), KEPT, "application/rss+xml")


def _published(tx: Session, slug: str) -> Publication:
    publication = archive.published(tx, slug) or abort(404)
    publication.workspace  # noqa: B018  (read while there is a session to read it with)
    return publication


def _listed(publication: Publication, found: Shelf) -> str:
    home = url_for("archives.index", slug=publication.slug)
    address = links.archive(publication.workspace, publication.slug or "")
    return render_template("archives/index.html", publication=publication, found=found, home=home, address=address)
