"""Who subscribes to what: looked for, put right, unsubscribed."""

import json
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager
from werkzeug.exceptions import NotFound, UnprocessableEntity

from models import roster
from models.api_key import Scope
from models.contact import Contact
from models.db import transaction
from models.publication import Publication
from models.roster import Roster
from models.subscription import Subscription
from models.subscription_change import Change, How
from web.api import bodies, cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import ANYTHING, ID, MOMENT, TEXT, many, maybe, record, text, word
from web.api.shapes import page as page_of
from web.audit import audit
from web.contacts import LARGEST
from web.fields import one_line
from web.visitor import here, ours

page = Blueprint("readers_api", __name__)

SUBSCRIBER = record(
    id=ID, publication=ID, contact=ID, email=TEXT, name=TEXT, state=TEXT, paused_until=maybe(MOMENT), tags=many(TEXT),
    attributes=ANYTHING, locale=TEXT, zone=TEXT, consent=TEXT, source=TEXT, consented_at=maybe(MOMENT),
    left_at=maybe(MOMENT), created_at=MOMENT,
)  # fmt: skip
CHANGES = {
    "name": text(200),
    "locale": text(20),
    "zone": text(80),
    "note": text(10_000),
    "tags": many(text(80, least=1), 100),
    "attributes": ANYTHING,
}
QUERY = {"state": word(*roster.STATES), "tag": text(80), "email": text(320)}


@page.get("/publications/<id:publication_id>/subscribers")
@needs(Scope.SUBSCRIBERS_READ)
@tells(page_of("subscribers", SUBSCRIBER), query=cursors.QUERY | QUERY)
def index(publication_id: int) -> Response:
    """Who subscribes or ever did, newest first; `email` is how the address begins."""
    filters.check("cursor", "limit", state=lambda text: text in roster.STATES, tag=_is_said, email=_is_said)
    state, tag, email = (one_line(request.args.get(name)) for name in ("state", "tag", "email"))
    with transaction() as tx:
        wanted = Roster(ours(tx, Publication, publication_id).id, state, tag, email)
        found = wanted.found.options(contains_eager(Subscription.contact))
        return cursors.page(tx, "subscribers", found, Subscription.id, _told)


@page.get("/subscribers/<id:subscription_id>")
@needs(Scope.SUBSCRIBERS_READ)
@tells(SUBSCRIBER)
def show(subscription_id: int) -> Response:
    """One subscription, with what is known of the person."""
    with transaction() as tx:
        return jsonify(_told(_one(tx, subscription_id)))


@page.patch("/subscribers/<id:subscription_id>")
@needs(Scope.SUBSCRIBERS_WRITE)
@tells(SUBSCRIBER, takes=CHANGES)
def update(subscription_id: int) -> Response:
    """Changes what is given of the person, in whatever they subscribe to; the rest stays."""
    with transaction() as tx:
        subscription = _one(tx, subscription_id)
        _learn(subscription.contact, bodies.fields())
        audit(tx, "changed", subscription.contact)
        return jsonify(_told(subscription))


@page.post("/subscribers/<id:subscription_id>/unsubscribe")
@needs(Scope.SUBSCRIBERS_WRITE)
@tells(SUBSCRIBER, takes={"because": text(500)})
def unsubscribe(subscription_id: int) -> Response:
    """They asked for it in another way; `because` is kept in their history. A repeat changes nothing."""
    with transaction() as tx:
        subscription = _one(tx, subscription_id)
        because = one_line(bodies.fields().get("because"))
        subscription.leave(tx, Change(How.API, g.key.name, because, request.remote_addr or ""))
        audit(tx, "ended", subscription)
        return jsonify(_told(subscription))


def _is_said(words: str) -> bool:
    return bool(one_line(words))


def _one(tx: Session, number: int) -> Subscription:
    found = select(Subscription).join(Subscription.contact).options(contains_eager(Subscription.contact))
    one = tx.scalar(found.where(Subscription.id == number, Subscription.workspace_id == here()))
    if one is None:
        raise NotFound
    return one


def _learn(contact: Contact, given: dict[str, Any]) -> None:
    """Raises 422."""
    if "zone" in given:
        bodies.check_zone(given["zone"])
    if len(json.dumps(given.get("attributes", {}))) > LARGEST:
        raise UnprocessableEntity(f"attributes are at most {LARGEST:,} characters of JSON.")
    if "tags" in given:
        given["tags"] = sorted({one_line(tag) for tag in given["tags"]})
    for name, value in given.items():
        setattr(contact, name, one_line(value) if name in ("name", "locale", "zone") else value)


def _told(subscription: Subscription) -> dict[str, Any]:
    contact = subscription.contact
    person = {name: getattr(contact, name) for name in ("email", "name", "tags", "attributes", "locale", "zone")}
    about = {name: getattr(subscription, name) for name in ("id", "state", "consent", "source")}
    moments = {name: getattr(subscription, name) for name in ("paused_until", "consented_at", "left_at", "created_at")}
    numbers = {"publication": subscription.publication_id, "contact": contact.id}
    return person | about | numbers | {name: at and at.isoformat() for name, at in moments.items()}
