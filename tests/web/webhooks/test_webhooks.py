"""What Postmark tells us."""

import json

import pytest
from sqlalchemy import func, select, text

from jobs.delivery_events import apply_event
from jobs.door import queue_named
from jobs.inbound_emails import understand
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail
from tests.web.webhooks.postmark import BOUNCE, DELIVERY, EVENTS, INBOUND, KNOWN, MAIL, basic, stored

STRANGERS = [
    {},
    basic("wrong"),
    basic(""),
    basic("the-webhook-secret", "somebody"),
    basic("é"),
    {"Authorization": "Bearer the-webhook-secret"},
]
NO_MAILS = [b"", b"{", b"[]", b"null", b'{"MessageID": 1}', b'{"MessageID": ""}', b"\xff\xfe\xfd", b"[" * 100_000]
NO_EVENTS = [b"", b"{", b"[]", b'{"RecordType": null}', b'{"MessageID": "1"}', b"[" * 100_000]
OTHERS = [
    DELIVERY | {"Recipient": "b@example.com"},
    DELIVERY | {"DeliveredAt": "2026-11-05T16:33:55Z"},
    BOUNCE,
    BOUNCE | {"RecordType": "SpamComplaint"},
]


@pytest.mark.parametrize("secret", ["the-webhook-secret", "the-one-before-it"])
def test_each_secret_is_let_in_so_that_they_can_be_rotated(post, secret):
    assert post(EVENTS, DELIVERY, basic(secret)).status_code == 200


@pytest.mark.parametrize("headers", STRANGERS)
@pytest.mark.parametrize("path", [INBOUND, EVENTS])
def test_whoever_does_not_know_a_secret_is_asked_for_it(post, path, headers):
    answer = post(path, DELIVERY | MAIL, headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert stored(InboundEmail) == stored(DeliveryEvent) == []


def test_a_mail_is_stored_as_it_came_and_handed_on(post):
    raw = b'  {"MessageID": "73e6d360", "From": "A@Example.com", "Subject": "x", "TextBody": "\\ud83d\\u0000"}'
    assert post(INBOUND, raw).status_code == 200
    with transaction() as tx:
        email = tx.scalars(select(InboundEmail)).one()
        assert (email.payload, email.sender, email.state) == (raw, "a@example.com", "received")
    assert queue_named("high").count == 1


def test_a_mail_that_comes_again_is_taken_once(post):
    assert [post(INBOUND, MAIL).status_code for _ in range(3)] == [200] * 3
    assert len(stored(InboundEmail)) == 1
    assert queue_named("high").count == 1


@pytest.mark.parametrize("body", NO_MAILS)
def test_what_is_no_mail_is_refused_in_a_sentence(post, body):
    answer = post(INBOUND, body)
    assert answer.status_code == 422
    assert answer.json["error"]


@pytest.mark.parametrize("body", NO_EVENTS)
def test_what_is_no_event_is_refused_in_a_sentence(post, body):
    answer = post(EVENTS, body)
    assert answer.status_code == 422
    assert answer.json["error"]


@pytest.mark.parametrize("odd", ["\0", "\ud83d", "a\0b\udc00c", "\U0001f600" * 2_000])
def test_characters_that_postgresql_or_utf8_do_not_hold_are_no_reason_to_refuse(post, odd):
    mail = {name: value + odd for name, value in MAIL.items()}
    event = {name: value + odd if isinstance(value, str) else value for name, value in DELIVERY.items()}
    assert post(INBOUND, mail).status_code == 200
    assert post(EVENTS, event).status_code == 200
    assert post(EVENTS, DELIVERY | {"Metadata": {odd: odd}, "Details": odd}).status_code == 200


def test_and_what_was_stored_with_them_can_be_understood_and_applied(post):
    odd = "\0\ud83d"
    post(
        INBOUND, MAIL | {"MailboxHash": f"a{odd}", "Headers": [{"Name": "In-Reply-To", "Value": f"<{odd}@mtasv.net>"}]}
    )
    post(EVENTS, BOUNCE | {"Email": f"{odd}@example.com", "Description": odd, "MessageID": odd, "MessageStream": odd})
    for email, event in zip(stored(InboundEmail), stored(DeliveryEvent), strict=True):
        understand(email.id)
        apply_event(event.id)
    assert stored(InboundEmail)[0].state == "bounced"
    assert stored(DeliveryEvent)[0].applied_at


def test_an_event_is_stored_as_it_came_and_handed_on(post):
    assert post(EVENTS, DELIVERY).status_code == 200
    (event,) = stored(DeliveryEvent)
    assert event.type == "Delivery"
    assert json.loads(event.payload) == DELIVERY
    assert queue_named("default").count == 1


@pytest.mark.parametrize("again", [DELIVERY | {"Details": "250 OK, said otherwise"}, DELIVERY])
def test_the_same_event_with_other_words_and_another_trace_is_taken_once(post, again):
    post(EVENTS, DELIVERY)
    post(EVENTS, again, KNOWN | {"X-PM-Webhook-Trace-Id": "another"})
    assert len(stored(DeliveryEvent)) == 1


@pytest.mark.parametrize("other", OTHERS)
def test_another_event_is_another_event(post, other):
    post(EVENTS, DELIVERY)
    post(EVENTS, other)
    assert len(stored(DeliveryEvent)) == 2


def test_clicks_on_two_links_at_once_are_two(post):
    click = {
        "RecordType": "Click",
        "MessageID": "1",
        "Recipient": "a@example.com",
        "ReceivedAt": "2026-11-05T16:33:54Z",
    }
    for link in ("https://example.com/1", "https://example.com/2", "https://example.com/1"):
        post(EVENTS, click | {"OriginalLink": link})
    assert len(stored(DeliveryEvent)) == 2


def test_a_type_nobody_knows_yet_is_stored_and_acknowledged(post):
    for number in (1, 2, 2):
        assert post(EVENTS, {"RecordType": "Teleported", "Number": number}).status_code == 200
    assert [event.type for event in stored(DeliveryEvent)] == ["Teleported"] * 2


def test_the_same_mail_under_another_id_of_postmarks_is_taken_once(post):
    mail = MAIL | {"Headers": [{"Name": "Message-ID", "Value": "<1@mail.example>"}]}
    for other in ("1", "2"):
        assert post(INBOUND, mail | {"MessageID": other}).status_code == 200
    assert len(stored(InboundEmail)) == 1
    assert post(INBOUND, mail | {"MessageID": "3", "TextBody": "Something else"}).status_code == 200
    assert len(stored(InboundEmail)) == 2


def test_without_a_database_postmark_is_asked_to_come_again(post):
    with transaction() as tx:
        tx.execute(text("alter table delivery_events rename to elsewhere"))
    try:
        answer = post(EVENTS, DELIVERY)
    finally:
        with transaction() as tx:
            tx.execute(text("alter table elsewhere rename to delivery_events"))
    assert answer.status_code == 503
    assert answer.json["error"]


def test_without_redis_it_is_stored_and_acknowledged(post, without_redis):
    assert post(INBOUND, MAIL).status_code == 200
    assert post(EVENTS, DELIVERY).status_code == 200
    assert len(stored(InboundEmail)) == len(stored(DeliveryEvent)) == 1


def test_asking_what_is_there_tells_nothing(app):
    assert app.test_client().get(EVENTS, headers=basic("the-webhook-secret")).status_code == 405
    with transaction() as tx:
        assert tx.scalar(select(func.count()).select_from(DeliveryEvent)) == 0
