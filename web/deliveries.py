"""The ledger: every message to every person, and the one state it is in."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from sqlalchemy import Select, select

from models.db import transaction
from models.delivery import Delivery, State
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from web import tables
from web.fields import one_line
from web.pages import Page
from web.visitor import editors_only, here, managers_only, ours

page = Blueprint("deliveries", __name__)


@page.get("/deliveries")
@managers_only
def index() -> str:
    wanted = _wanted()
    with transaction() as tx:
        sums = _sums(Delivery.ledger(tx, here()))
        found: Page[Delivery] = Page.of(tx, _found(wanted), Delivery.id)
    return render_template("deliveries/index.html", **sums, every_state=list(State), wanted=wanted, found=found)


@page.get("/deliveries.csv")
@managers_only
def export() -> Response:
    return ledger()


@page.get("/editions/<id:edition_id>/ledger.csv")
@editors_only
def export_edition(edition_id: int) -> Response:
    return ledger_of(edition_id)


@page.get("/deliveries/<id:delivery_id>")
@managers_only
def show(delivery_id: int) -> str:
    with transaction() as tx:
        delivery = ours(tx, Delivery, delivery_id)
        events = tx.scalars(select(DeliveryEvent).filter_by(delivery_id=delivery.id).order_by(DeliveryEvent.id)).all()
    return render_template("deliveries/show.html", delivery=delivery, events=events)


def ledger() -> Response:
    """All deliveries of the workspace that the address asks for, as a file."""
    return tables.ledger(_found(_wanted()), by="id", name="deliveries")


def ledger_of(edition_id: int) -> Response:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
    wanted = _wanted() | {"kind": "edition", "source": str(edition.id)}
    return tables.ledger(_found(wanted), by="recipient", name=f"edition-{edition.id}")


def _sums(ledger: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The ledger with its sums both ways: by state for all kinds, and the audience, which they must add up to."""
    totals = {state: sum(sums.get(state, 0) for sums in ledger.values()) for state in State}
    states = [state for state, count in totals.items() if count]
    audience = sum(sum(sums.values()) for sums in ledger.values())
    return {"ledger": ledger, "states": states, "totals": totals, "total": audience}


def _wanted() -> dict[str, str]:
    return {name: one_line(request.args.get(name)) for name in ("kind", "source", "state", "recipient")}


def _found(wanted: dict[str, str]) -> Select[Delivery]:
    found = select(Delivery).filter_by(workspace_id=here())
    found = found.filter_by(**{name: wanted[name] for name in ("kind", "state") if wanted[name]})
    if source := wanted["source"]:
        found = found.filter_by(source_id=_number(source))
    if part := wanted["recipient"].lower():
        found = found.where(Delivery.recipient.contains(part, autoescape=True))
    return found


def _number(text: str) -> int:
    """Of a row; that of no row at all when somebody made it up."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
