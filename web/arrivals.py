"""One mail on its way to the visitor, as it goes: written, handed to Postmark, delivered, answered."""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.db import transaction
from models.delivery import Delivery, State
from models.entry import Entry
from models.inbound_email import InboundEmail
from web.alive import alive
from web.live import live
from web.visitor import everybody, ours, visitor

page = Blueprint("arrivals", __name__)

SLOW = 60  # seconds after which somebody wonders
DOCTORS = ("doctor.show", "doctor.index")  # the page that says what is wrong with an installation


@page.get("/arrivals/<id:delivery_id>")
@everybody
@live
def show(delivery_id: int) -> str:
    with transaction() as tx:
        delivery = _own(tx, delivery_id)
        mails, entries = _replies(tx, delivery)
    waits = delivery.state in (State.QUEUED, State.SENDING)
    signs = alive() if waits else None
    is_slow = (clock.now() - (delivery.sent_at or delivery.created_at)).total_seconds() > SLOW
    about = {"waits": waits, "alive": signs, "is_slow": is_slow, "doctor": _doctor()}
    return render_template("arrivals/show.html", delivery=delivery, mails=mails, entries=entries, **about)


def _own(tx: Session, delivery_id: int) -> Delivery:
    """To the visitor; managers see everybody's."""
    delivery = ours(tx, Delivery, delivery_id)
    return delivery if visitor.manages or delivery.recipient == visitor.user.email else abort(404)


def _replies(tx: Session, delivery: Delivery) -> tuple[Sequence[InboundEmail], Sequence[Entry]]:
    """What was answered to a reminder: the mails, and what was read in them."""
    if delivery.kind != "reminder":
        return [], []
    mails = select(InboundEmail).filter_by(prompt_id=delivery.source_id).order_by(InboundEmail.id)
    entries = select(Entry).filter_by(prompt_id=delivery.source_id).order_by(Entry.id)
    return tx.scalars(mails).all(), tx.scalars(entries.where(Entry.inbound_email_id.is_not(None))).all()


def _doctor() -> str:
    """Its address, for whoever may open it."""
    found = next((each for each in DOCTORS if each in current_app.view_functions), "")
    return url_for(found) if found and visitor.operates else ""
