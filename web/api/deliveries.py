"""The ledger as a file, a line for each recipient, made as the pages have it made."""

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import Gone

from emails.mails import KINDS
from models.api_key import Scope
from models.db import transaction
from models.delivery import State
from models.edition import Edition
from models.exports.forms import FORMS
from web import exports
from web.api import filters
from web.api.described import FILE, tells
from web.api.door import needs
from web.api.shapes import COUNT, EXPORT, TEXT, word
from web.deliveries import exported, looked_for
from web.visitor import ours

page = Blueprint("deliveries_api", __name__)

QUERY = {"kind": word(*KINDS), "source": COUNT, "state": word(*State), "recipient": TEXT, "form": word(*FORMS)}
MOVED = "It is made by a job since: POST /api/v1/deliveries/exports asks for it."


@page.post("/deliveries/exports")
@needs(Scope.DELIVERIES_READ)
@tells(EXPORT, status=202, query=QUERY)
def export() -> tuple[Response, int]:
    """A line for each recipient of each mail of the workspace, or of those that are meant, as a file being made."""
    filters.check("kind", "source", "state", "recipient", form=FORMS.__contains__)
    return jsonify(exports.told(exported(looked_for(), exports.wanted_form()))), 202


@page.get("/deliveries/exports/<id:ledger_export_id>")
@needs(Scope.DELIVERIES_READ)
@tells(EXPORT)
def exported_as(ledger_export_id: int) -> Response:
    """How far it has come."""
    return jsonify(exports.told(exports.of("deliveries", ledger_export_id)))


@page.get("/deliveries/exports/<id:ledger_export_id>/file")
@needs(Scope.DELIVERIES_READ)
@tells(kind=FILE)
def file(ledger_export_id: int) -> Response:
    """The file, once it is made."""
    return exports.handed(exports.of("deliveries", ledger_export_id))


@page.get("/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
@tells(status=410)
def gone() -> Response:
    """Gone: `POST /deliveries/exports` asks for this file."""
    raise Gone(MOVED)


@page.get("/editions/<id:edition_id>/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
@tells(status=410)
def gone_edition(edition_id: int) -> Response:
    """Gone: `POST /deliveries/exports?kind=edition&source=…` asks for this file."""
    with transaction() as tx:
        ours(tx, Edition, edition_id)
    raise Gone(MOVED)
