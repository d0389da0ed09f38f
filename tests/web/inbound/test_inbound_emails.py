"""Received mail on its pages."""

import json

import pytest

from jobs.door import queue_named
from models.db import transaction
from models.inbound_email import InboundEmail, State


def received(provider_id="1", workspace_id=None, state=State.RECEIVED, payload=b'{"MessageID": "1"}'):
    with transaction() as tx:
        number = InboundEmail.receive(
            tx, provider_id=provider_id, payload=payload, sender="a@example.com", subject="Re: it"
        )
        email = tx.get_one(InboundEmail, number)
        email.workspace_id, email.state = workspace_id, state
        return number


def state_of(number):
    with transaction() as tx:
        return tx.get_one(InboundEmail, number).state


def test_they_are_listed_by_state(ada, adas):
    for place, state in enumerate(State):
        received(str(place), ada.id, state)
    assert "Nothing like that." in adas.get("/inbound-emails?sender=nobody@example.com").text
    assert len(adas.get("/inbound-emails?state=failed").page.xpath("//tbody/tr | //table/tr")) == 2
    assert "Nothing like that." in adas.get("/inbound-emails?state=nonsense%00").text


def test_a_mail_shows_what_was_read_and_what_was_left_out(ada, adas):
    number = received(workspace_id=ada.id)
    with transaction() as tx:
        email = tx.get_one(InboundEmail, number)
        email.text, email.elided = "Wrote <note> G", [{"kind": "quote", "text": "> What did you get done?"}]
        email.parser_version, email.confident = 3, False
    page = adas.get(f"/inbound-emails/{number}")
    for told in ("Wrote <note> G", "quote", "> What did you get done?", "parser 3, not sure of it"):
        assert told in page.text


def test_it_is_downloaded_as_it_came_and_never_shown(ada, adas):
    raw = json.dumps({"HtmlBody": "<script>alert(1)</script>"}).encode() + b"\n\xff"
    answer = adas.client.get(f"/inbound-emails/{received(workspace_id=ada.id, payload=raw)}/payload")
    assert answer.data == raw
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_one_that_was_not_understood_is_tried_again(ada, adas):
    adas.get(f"/inbound-emails/{ada.mail}").press("Try again")
    assert "It is being read again." in adas.text
    assert state_of(ada.mail) == "received"
    assert queue_named("high").count == 1


@pytest.mark.parametrize("state", [State.PROCESSED, State.RECEIVED])
def test_one_that_is_waiting_or_whose_entries_are_written_is_not(ada, adas, state):
    number = received(workspace_id=ada.id, state=state)
    token = adas.page.find(".//input[@name='csrf_token']").get("value")
    adas.client.post(f"/inbound-emails/{number}/retry", data={"csrf_token": token})
    assert state_of(number) == state
    assert queue_named("high").count == 0


def test_mail_that_is_nobodys_is_shown_to_those_who_set_the_installation_up(ada, charles, adas, signed_in):
    number = received()
    assert adas.get(f"/inbound-emails/{number}").status == 200
    assert signed_in(charles.owner).get(f"/inbound-emails/{number}").status == 404


def test_without_redis_another_try_is_left_to_the_sweep(ada, adas, without_redis):
    adas.get(f"/inbound-emails/{ada.mail}").press("Try again")
    assert adas.status == 200
    assert state_of(ada.mail) == "received"
