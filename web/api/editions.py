"""How editions stand, and sending one to whoever did not get it."""

from flask import Blueprint, Response, jsonify

from models.api_key import Scope
from models.db import transaction
from models.edition import Edition
from models.progress import Progress
from models.traces.results import Results
from web import sendings
from web.api import bodies
from web.api.door import needs
from web.editions import told
from web.results import told as told_of
from web.visitor import ours

page = Blueprint("editions_api", __name__)


@page.get("/editions/<id:edition_id>")
@needs(Scope.EDITIONS_READ)
def show(edition_id: int) -> Response:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        progress = Progress.of(tx, edition.id)
    return jsonify(told(edition, progress))


@page.get("/editions/<id:edition_id>/results")
@needs(Scope.EDITIONS_READ)
def results(edition_id: int) -> Response:
    """What came of it: people, machines and what is unsure apart; null where opens and clicks are not counted."""
    with transaction() as tx:
        found = Results.of(tx, [ours(tx, Edition, edition_id)])[0]
        links = found.links(tx)
    return jsonify(told_of(found, links))


@page.post("/editions/<id:edition_id>/rest")
@needs(Scope.EDITIONS_SEND)
def send_to_the_rest(edition_id: int) -> Response:
    """How many did not get it and will: `{"queued": 12}`. A repeat finds nobody: `{"queued": 0}`."""
    bodies.fields()
    return jsonify(queued=sendings.send_rest(edition_id))
