"""Webhooks as large as Postmark makes them, and larger."""

import base64
import json
from io import BytesIO

from sqlalchemy import func, select
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from jobs.connection import redis_connection
from models.attachment import Attachment
from models.db import transaction
from models.inbound_email import InboundEmail
from tests.web.webhooks.postmark import DELIVERY, EVENTS, INBOUND, KNOWN, MAIL, stored


def test_a_mail_with_all_that_may_be_attached_is_taken_and_a_larger_one_is_not(app, post):
    content = base64.b64encode(b"\0" * 35_000_000).decode()
    assert post(INBOUND, MAIL | {"Attachments": [{"Name": "a.bin", "Content": content}]}).status_code == 200
    (mail,), (file,) = stored(InboundEmail), stored(Attachment)
    assert (file.inbound_email_id, file.size) == (mail.id, 35_000_000)
    with transaction() as tx:
        assert tx.scalar(select(func.length(InboundEmail.payload))) < 1_000
    environment = EnvironBuilder(method="POST", path=INBOUND, headers=KNOWN).get_environ()
    assert Response.from_app(app, environment | {"CONTENT_LENGTH": "110000001"}).status_code == 413


def test_what_is_attached_never_enters_redis(post):
    content = base64.b64encode(b"nobody else has this" * 100).decode()
    post(INBOUND, MAIL | {"Attachments": [{"Name": "a.bin", "Content": content}], "RawEmail": content})
    connection = redis_connection()
    kept = [connection.hgetall(key) for key in connection.keys("rq:job:*")]
    assert kept and content[:20] not in str(kept) and len(str(kept)) < 2_000


def test_an_event_of_more_than_a_megabyte_is_too_large(post):
    assert post(EVENTS, DELIVERY | {"Details": "x" * 990_000}).status_code == 200
    answer = post(EVENTS, b" " * 1_000_001)
    assert answer.status_code == 413
    assert answer.json["error"]


def test_what_comes_in_chunks_is_too_large_as_well(app):
    """Its length is not said beforehand, so it is found out while reading."""

    def sent(size: int) -> int:
        environment = EnvironBuilder(method="POST", path=EVENTS, headers=KNOWN).get_environ()
        body = json.dumps(DELIVERY).encode().ljust(size)
        environment |= {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
        return Response.from_app(app, environment).status_code

    assert sent(990_000) == 200
    assert sent(1_000_001) == sent(3_000_000) == 413
