"""The ledger, as the pages give it: CSV, a line for each recipient."""

from flask import Blueprint, Response

from models.api_key import Scope
from web import deliveries
from web.api import filters
from web.api.door import needs

page = Blueprint("deliveries_api", __name__)


@page.get("/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
def export() -> Response:
    filters.check("kind", "source", "state", "recipient")
    return deliveries.ledger()


@page.get("/editions/<id:edition_id>/deliveries.csv")
@needs(Scope.DELIVERIES_READ)
def export_edition(edition_id: int) -> Response:
    filters.check("state", "recipient")
    return deliveries.ledger_of(edition_id)
