"""Whether a newsletter counts opens and clicks. It does not unless somebody says so."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from jobs.traces import erase_traces
from models.db import transaction
from models.publication import Publication
from models.traces import privacy
from web.audit import audit
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, ours

page = Blueprint("tracking", __name__, url_prefix="/publications/<id:publication_id>/tracking")


@page.post("")
@editors_only
def start(publication_id: int) -> Response:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        privacy.track(publication)
        audit(tx, "began tracking", publication)
    return _back(publication_id, "Opens and clicks are counted from the next edition on.")


@page.post("/end")
@editors_only
@sure("Stop, and erase who did what?", "The sums stay. Who opened and clicked is gone for good.")
def stop(publication_id: int) -> Response:
    """What people did is erased by jobs; a repeat finds nothing to erase."""
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        editions = privacy.stop(tx, publication)
        audit(tx, "ended tracking", publication)
    soon(erase_traces.later_each, editions)
    return _back(publication_id, "Opens and clicks are not counted any more, and who did what is being erased.")


def _back(publication_id: int, words: str) -> Response:
    flash(words)
    return redirect(url_for("publications.edit", publication_id=publication_id))
