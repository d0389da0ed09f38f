"""Past editions for a subscriber, by the link that stands in their mails: those for subscribers alone as well.

It asks for no sign-in, and holds for as long as they subscribe. What has no public address is read so too. Who has left
reads what everybody may.
"""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from models import archive
from models.archive import Readers
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.subscription import State, Subscription
from web import reading
from web.headers import READING
from web.visitor import public

page = Blueprint("readers", __name__, url_prefix="/readers/<reader_token>")

KEPT = "private, no-cache"


@page.get("")
@public
def index(reader_token: str) -> Response:
    with transaction() as tx:
        subscription, publication = _read(tx, reader_token)
        found = reading.shelf(tx, publication, subscribes=True)
    if subscription.state != State.ACTIVE:
        return _without(subscription, publication)
    home = url_for("readers.index", reader_token=reader_token)
    return reading.page(render_template("archives/index.html", publication=publication, found=found, home=home), KEPT)


@page.get("/<id:past_id>")
@public
def show(reader_token: str, past_id: int) -> Response:
    with transaction() as tx:
        subscription, publication = _read(tx, reader_token)
        edition = reading.shown(tx, publication, past_id)
    if subscription.state != State.ACTIVE:
        return _without(subscription, publication, edition)
    home = url_for("readers.index", reader_token=reader_token)
    about = {"edition": edition, "article": reading.written(edition), "home": home}
    return reading.page(render_template("archives/show.html", publication=publication, **about), KEPT)


def _read(tx: Session, reader_token: str) -> tuple[Subscription, Publication]:
    subscription = archive.reader(tx, reader_token) or abort(404)
    publication = tx.get_one(Publication, subscription.publication_id)
    publication.workspace  # noqa: B018  (read while there is a session to read it with)
    return subscription, publication


def _without(subscription: Subscription, publication: Publication, edition: Edition | None = None) -> Response:
    """The public page, where there is one, for whoever does not subscribe; else why not, and the way back."""
    is_public = publication.slug and publication.archive == Readers.EVERYBODY
    if edition and archive.readers(publication, edition) == Readers.EVERYBODY:
        return redirect(url_for("archives.show", slug=publication.slug, past_id=edition.id))
    if is_public and not edition:
        return redirect(url_for("archives.index", slug=publication.slug))
    home = url_for("archives.index", slug=publication.slug) if is_public else ""
    about = {"publication": publication, "subscription": subscription, "home": home}
    headers = {"Cache-Control": KEPT, "Content-Security-Policy": READING}
    return Response(render_template("archives/left.html", **about), 403, headers, content_type="text/html")
