"""Who subscribes: a program signs people up by the same rules as a form does."""

from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import NotFound, UnprocessableEntity

from jobs.deliveries import nudge
from models.api_key import Scope
from models.db import transaction
from models.joining import Joiner, join
from models.publication import Publication
from models.subscription_change import Change, How
from models.user import InvalidAddress, normal
from web.api import bodies
from web.api.described import tells
from web.api.door import needs
from web.api.shapes import ANYTHING, ID, TEXT, YES, many, record, text, word
from web.fields import one_line
from web.sign_ups import ask_by_mail
from web.soon import soon
from web.visitor import here

page = Blueprint("subscribers_api", __name__)

LONGEST = 500  # characters of a text
LARGEST = 100  # attributes, or tags
JOINED = record(id=ID, email=TEXT, state=TEXT, asked=YES)
FIELDS = {
    "publication": ID,
    "email": text(320),
    "name": text(LONGEST),
    "locale": text(LONGEST),
    "zone": text(LONGEST),
    "attributes": ANYTHING,
    "tags": many(TEXT, LARGEST),
    "consent": text(LONGEST),
    "state": word("active", "unconfirmed"),
}


@page.post("/subscribers")
@needs(Scope.SUBSCRIBERS_WRITE)
@tells(JOINED, status=201, takes=FIELDS, needed=("publication", "email"))
def create() -> tuple[Response, int]:
    """Somebody subscribes, by the rules of the newsletter.

    `state` may be `active` where `consent` says how they agreed; else the publication's rules hold, and they are asked
    by mail (`asked`). Who left is asked again, at most three times a day; who bounced or complained stays out.
    """
    given = bodies.fields()
    joiner, proven = _joiner(given), _is_proven(given)
    change = Change(How.API, g.key.name, _text(given, "consent"), request.remote_addr or "")
    with transaction() as tx:
        publication = _publication(tx, given)
        joined = join(tx, publication, joiner, change, source="API", proven=proven)
        ids = ask_by_mail(tx, publication, joined.opt_in, joiner.email)
    soon(nudge, "opt_in", ids)
    told = {"id": joined.subscription.id, "email": joiner.email, "state": joined.subscription.state}
    return jsonify(told | {"asked": joined.opt_in is not None}), 201


def _publication(tx: Any, given: dict[str, Any]) -> Publication:
    found = tx.get(Publication, given["publication"])
    if found is None or found.workspace_id != here():
        raise NotFound("There is no such publication.")
    return found


def _joiner(given: dict[str, Any]) -> Joiner:
    try:
        email = normal(_text(given, "email"))
    except InvalidAddress as problem:
        raise UnprocessableEntity(str(problem)) from None
    texts = {name: _text(given, name) for name in ("name", "locale", "zone")}
    if texts["zone"]:
        bodies.check_zone(texts["zone"])
    return Joiner(email, **texts, attributes=_attributes(given), tags=_tags(given))


def _is_proven(given: dict[str, Any]) -> bool:
    state = given.get("state", "unconfirmed")
    if state == "active" and not _text(given, "consent"):
        raise UnprocessableEntity("Please say in 'consent' how they agreed, or let us ask them.")
    return bool(state == "active")


def _text(given: dict[str, Any], name: str) -> str:
    return one_line(given.get(name))


def _attributes(given: dict[str, Any]) -> dict[str, Any]:
    attributes = given.get("attributes", {})
    if len(attributes) > LARGEST:
        raise UnprocessableEntity(f"The field 'attributes' is an object with at most {LARGEST} members.")
    return attributes


def _tags(given: dict[str, Any]) -> tuple[str, ...]:
    return tuple(word for tag in given.get("tags", []) if (word := one_line(tag)[:80]))
