"""The ledger, as the pages give it: CSV, a line for each recipient."""

from flask import Blueprint, Response

from emails.mails import KINDS
from models.api_key import Scope
from models.delivery import State
from web import deliveries
from web.api import filters
from web.api.described import CSV, tells
from web.api.door import needs
from web.api.shapes import COUNT, TEXT, word

page = Blueprint("deliveries_api", __name__)

ONES = {"state": word(*State), "recipient": TEXT}


@page.get("/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
@tells(kind=CSV, query={"kind": word(*KINDS), "source": COUNT, **ONES})
def export() -> Response:
    """A line for each recipient of each mail of the workspace."""
    filters.check("kind", "source", "state", "recipient")
    return deliveries.ledger()


@page.get("/editions/<id:edition_id>/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
@tells(kind=CSV, query=ONES)
def export_edition(edition_id: int) -> Response:
    """A line for each recipient of an edition."""
    filters.check("state", "recipient")
    return deliveries.ledger_of(edition_id)
