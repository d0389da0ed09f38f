"""What Postmark tells us: checked, stored as it came, enqueued, answered.

Its retries are the reason for the answers: 401 and 422 mean "never again", so they are for what another try would not
mend; a failure of ours is 503 and comes back (postmarkapp.com/developer/webhooks/webhooks-overview).
"""

import hmac
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request

from config import settings
from emails.arrival import arrival
from emails.inbound import Malformed
from jobs.delivery_events import apply_event
from jobs.inbound_emails import understand
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail
from web import bodies
from web.postmark_event import PostmarkEvent
from web.soon import soon
from web.together import Together
from web.visitor import public

page = Blueprint("webhooks", __name__, url_prefix="/webhooks/postmark")

# Bytes. Postmark takes 35 MB of attachments; base64 makes them a third larger, and raw mail holds them once more.
LARGEST_MAIL = 110_000_000
LARGEST_EVENT = 1_000_000


@page.before_request
def authenticate() -> Response | None:
    """Basic authentication; every secret is compared, so that the time tells nothing."""
    given = request.authorization
    password = (given.password or "").encode() if given and given.username == "postmark" else b""
    fits = [hmac.compare_digest(password, secret.encode()) for secret in settings.webhook_secrets]
    return None if any(fits) else _asked_for_password()


@page.post("/inbound")
@public
def receive_mail() -> Response | tuple[Response, int]:
    try:
        with bodies.within(LARGEST_MAIL) as raw:
            mail = arrival(raw, lambda: bodies.forget(raw))
            is_plain = mail["mime"] is None and not mail["attachments"]
            number = _store(mail) if is_plain else _store_whole(mail)
    except Malformed as problem:
        return jsonify(error=str(problem)), 422
    return jsonify(stored=number)


@page.post("/events")
@public
def receive_event() -> Response | tuple[Response, int]:
    try:
        with bodies.within(LARGEST_EVENT) as raw:
            event = PostmarkEvent.read(bytes(raw))
    except Malformed as problem:
        return jsonify(error=str(problem)), 422
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type=event.type, key=event.key, payload=event.text)
    if number:
        soon(apply_event.later, number)
    return jsonify(stored=number)


def _stored(mails: Sequence[dict[str, Any]]) -> list[int | None]:
    with transaction() as tx:
        numbers = InboundEmail.receive_all(tx, mails)
    soon(understand.later_each, [number for number in numbers if number])
    return numbers


_store = Together(_stored)


def _store_whole(mail: dict[str, Any]) -> int | None:
    """One that brings files is large enough to be written by itself."""
    with transaction() as tx:
        number = InboundEmail.receive(tx, **mail)
    if number:
        soon(understand.later, number)
    return number


def _asked_for_password() -> Response:
    answer = jsonify(error="This webhook needs the user name postmark and one of the WEBHOOK_SECRETS as password.")
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = 'Basic realm="Postroom webhooks", charset="UTF-8"'
    return answer
