"""What Postmark tells us: checked, stored as it came, enqueued, answered.

Its retries are the reason for the answers: 401 and 422 mean "never again", so they are for what another try would not
mend; a failure of ours is 503 and comes back (postmarkapp.com/developer/webhooks/webhooks-overview).
"""

import hmac

from flask import Blueprint, Response, jsonify, request

from config import settings
from emails.inbound import Malformed, Received
from jobs.delivery_events import apply_event
from jobs.inbound_emails import understand
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail
from web.postmark_event import PostmarkEvent
from web.soon import soon
from web.visitor import public

page = Blueprint("webhooks", __name__, url_prefix="/webhooks/postmark")

LARGEST_MAIL = 50_000_000  # bytes; Postmark takes 35 MB of attachments, and base64 makes them a third larger
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
    raw = _body(LARGEST_MAIL)
    try:
        mail = Received.read(raw)
    except Malformed as problem:
        return jsonify(error=str(problem)), 422
    with transaction() as tx:
        number = InboundEmail.receive(
            tx, provider_id=mail.provider_id, payload=raw, sender=mail.sender, subject=mail.subject
        )
    if number:
        soon(understand.later, number)
    return jsonify(stored=number)


@page.post("/events")
@public
def receive_event() -> Response | tuple[Response, int]:
    try:
        event = PostmarkEvent.read(_body(LARGEST_EVENT))
    except Malformed as problem:
        return jsonify(error=str(problem)), 422
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type=event.type, key=event.key, payload=event.text)
    if number:
        soon(apply_event.later, number)
    return jsonify(stored=number)


def _body(largest: int) -> bytes:
    """Raises 413 for more, whether or not the sender says beforehand how much it is."""
    request.max_content_length = largest
    body = request.get_data(cache=False)
    request.stream.read(1)  # what comes in chunks is read up to the limit, and only the next byte is one too many
    return body


def _asked_for_password() -> Response:
    answer = jsonify(error="This webhook needs the user name postmark and one of the WEBHOOK_SECRETS as password.")
    answer.status_code = 401
    answer.headers["WWW-Authenticate"] = 'Basic realm="Postroom webhooks", charset="UTF-8"'
    return answer
