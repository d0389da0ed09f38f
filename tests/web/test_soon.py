"""Enqueueing while Redis is out of order."""

import json
import time

from models.db import transaction
from models.inbound_email import InboundEmail


def test_a_webhook_is_taken_within_seconds_though_redis_is_frozen(app, frozen_redis):
    mail = {"MessageID": "73e6d360", "From": "a@example.com", "Subject": "Re: today", "TextBody": "Wrote a test"}
    began = time.monotonic()
    answer = app.test_client().post(
        "/webhooks/postmark/inbound",
        data=json.dumps(mail),
        content_type="application/json",
        auth=("postmark", "the-webhook-secret"),
    )
    assert answer.status_code == 200
    assert time.monotonic() - began < 4
    with transaction() as tx:
        assert tx.query(InboundEmail).count() == 1
