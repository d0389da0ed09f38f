"""The ledger: every message to every person, and the one state it is in."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from models.db import transaction
from models.delivery import Delivery, State
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.exports.export import Export
from models.ledger import Ledger, number_of
from web import exports
from web.fields import one_line
from web.listing import Listing, Sort, by_number
from web.visitor import editors_only, here, managers_only, ours, visitor

page = Blueprint("deliveries", __name__)

SORTS = by_number(Delivery.id)
OF_ONE = {"address": Sort("by address", (Delivery.recipient,))}  # an edition, a digest: recipients are found by that


@page.get("/deliveries")
@managers_only
def index() -> str:
    wanted = looked_for()
    with transaction() as tx:
        sums = _sums(Delivery.ledger(tx, here()))
        found: Listing[Delivery] = Listing.of(tx, wanted.found, _sorts(wanted))
        about = {"wanted": wanted, "found": found, "edition": _edition(tx, wanted)}
    return render_template("deliveries/index.html", **sums, every_state=list(State), **about)


@page.post("/deliveries/exports")
@managers_only
def export() -> Answer:
    return exports.led(exported(looked_for(), exports.wanted_form(), visitor.user.id))


@page.post("/editions/<id:edition_id>/exports")
@editors_only
def export_edition(edition_id: int) -> Answer:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
    name, form = f"Deliveries of {edition.subject}", exports.wanted_form()
    return exports.led(exports.asked("edition", {"edition": edition.id}, name, form, visitor.user.id))


@page.get("/deliveries.csv")
@managers_only
def moved() -> Answer:
    """A file has to be asked for since it is made by a job: this is where."""
    return redirect(url_for("deliveries.index", **looked_for().told))


@page.get("/editions/<id:edition_id>/ledger.csv")
@editors_only
def moved_edition(edition_id: int) -> Answer:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
    return redirect(url_for("editions.show", edition_id=edition.id))


@page.get("/deliveries/<id:delivery_id>")
@managers_only
def show(delivery_id: int) -> str:
    with transaction() as tx:
        delivery = ours(tx, Delivery, delivery_id)
        events = tx.scalars(select(DeliveryEvent).filter_by(delivery_id=delivery.id).order_by(DeliveryEvent.id)).all()
    return render_template("deliveries/show.html", delivery=delivery, events=events)


def exported(wanted: Ledger, form: str, user_id: int | None = None) -> Export:
    return exports.asked("deliveries", {"wanted": wanted.told}, "Deliveries", form, user_id)


def _sums(ledger: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The ledger with its sums both ways: by state for all kinds, and the audience, which they must add up to."""
    totals = {state: sum(sums.get(state, 0) for sums in ledger.values()) for state in State}
    states = [state for state, count in totals.items() if count]
    audience = sum(sum(sums.values()) for sums in ledger.values())
    return {"ledger": ledger, "states": states, "totals": totals, "total": audience}


def _edition(tx: Session, wanted: Ledger) -> Edition | None:
    """The one whose copies are looked for alone."""
    known = wanted.kind == "edition" and wanted.source
    return Edition.of(tx, here(), number_of(wanted.source)) if known else None


def _sorts(wanted: Ledger) -> Mapping[str, Sort]:
    return {**OF_ONE, **SORTS} if wanted.kind and wanted.source else SORTS


def looked_for() -> Ledger:
    """As the address has it."""
    asked = {name: one_line(request.args.get(name)) for name in ("kind", "source", "state", "recipient")}
    return Ledger(here(), **asked)
