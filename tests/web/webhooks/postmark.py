"""Postmark, which calls our webhooks, and what has been stored of it."""

import base64
import json

from sqlalchemy import select

from models.db import transaction

INBOUND, EVENTS = "/webhooks/postmark/inbound", "/webhooks/postmark/events"
AT = "2026-11-05T16:33:54.9070259Z"
DELIVERY = {"RecordType": "Delivery", "MessageID": "883953f4", "Recipient": "a@example.com", "DeliveredAt": AT}
BOUNCE = {
    "RecordType": "Bounce",
    "ID": 692560173,
    "Type": "HardBounce",
    "MessageID": "883953f4",
    "Email": "a@example.com",
}
MAIL = {"MessageID": "73e6d360", "From": "a@example.com", "Subject": "Re: today", "TextBody": "Wrote a test"}


def basic(password, user="postmark"):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


KNOWN = basic("the-webhook-secret")


def post(client, path, body, headers=KNOWN):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(path, data=raw, headers=headers, content_type="application/json")


def stored(noun):
    with transaction() as tx:
        return tx.scalars(select(noun).order_by(noun.id)).all()
