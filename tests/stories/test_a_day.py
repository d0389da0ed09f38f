"""Asked by mail, answered by replying, read next morning: one day in three zones."""

from datetime import time

import pytest
from sqlalchemy import select

from jobs.tick import tick
from models.db import transaction
from models.delivery import Delivery
from models.entry import Entry
from models.inbound_email import InboundEmail
from tests import people

ZONES = {"Ada": "Europe/London", "Grace": "America/New_York", "Kenji": "Asia/Tokyo"}


@pytest.fixture
def team(clock):
    clock.at("2026-03-02 00:00")  # a Monday
    with transaction() as tx:
        made = people.team(tx, people.workspace(tx))
        for name, zone in ZONES.items():
            people.seat(tx, made, name, zone=zone, reminder=time(18), digest=time(9))
        return made


def names(messages):
    return sorted(message["To"].partition("@")[0] for message in messages)


def ledger(workspace_id):
    with transaction() as tx:
        return Delivery.ledger(tx, workspace_id)


def test_everybody_is_asked_at_their_own_hour_answers_by_replying_and_reads_the_others(postroom, team, clock):
    asked = []
    for moment, name in (("09:00", "kenji"), ("18:00", "ada"), ("23:00", "grace")):
        clock.at(f"2026-03-02 {moment}")
        postroom.tick()
        fresh = [each for each in postroom.sent(tag="reminder") if each not in asked]
        assert names(fresh) == [name]
        asked += fresh
        postroom.reply(fresh[0], f"- {name} wrote a parser\n! waiting for {name}'s machine", client="gmail")
        postroom.settle()

    clock.at("2026-03-03 00:00")
    postroom.tick()
    assert names(postroom.sent(tag="digest")) == ["kenji"]
    clock.at("2026-03-03 09:00")
    postroom.tick()
    clock.at("2026-03-03 14:00")
    postroom.tick()
    digests = postroom.sent(tag="digest")
    assert names(digests) == ["ada", "grace", "kenji"]
    for digest in digests:
        assert "kenji wrote a parser" in digest["TextBody"]
        assert "waiting for ada's machine" in digest["TextBody"]
        assert "grace wrote a parser" in digest["TextBody"]
    assert ledger(team.workspace_id) == {"reminder": {"delivered": 4}, "digest": {"delivered": 3}}
    assert postroom.record()["duplicates"] == 0


def test_a_digest_is_in_the_thread_of_its_reminder(postroom, team, clock):
    clock.at("2026-03-02 18:00")
    postroom.tick()
    reminder = postroom.sent(tag="reminder", to="ada@example.com")[0]
    postroom.reply(reminder, "wrote notes")
    postroom.settle()
    clock.at("2026-03-03 09:00")
    postroom.tick()
    digest = postroom.sent(tag="digest", to="ada@example.com")[0]
    headers = {header["Name"]: header["Value"] for header in digest["Headers"]}
    assert headers["In-Reply-To"] == f"<{reminder['id']}@mtasv.net>"


def test_what_comes_after_a_digest_is_in_the_next_one_marked_late(postroom, team, clock):
    clock.at("2026-03-02 18:00")
    postroom.tick()
    ada = postroom.sent(tag="reminder", to="ada@example.com")[0]
    clock.at("2026-03-02 23:00")
    postroom.tick()
    grace = postroom.sent(tag="reminder", to="grace@example.com")[0]
    postroom.reply(ada, "in time")
    postroom.settle()
    clock.at("2026-03-03 09:00")
    postroom.tick()
    first = postroom.sent(tag="digest", to="ada@example.com")[0]["TextBody"]
    assert "in time" in first and "afterthought" not in first

    clock.at("2026-03-03 10:00")
    postroom.reply(grace, "an afterthought")
    postroom.settle()
    clock.at("2026-03-03 18:00")
    postroom.tick()
    postroom.reply(postroom.sent(tag="reminder", to="ada@example.com")[-1], "on tuesday")
    postroom.settle()
    clock.at("2026-03-04 09:00")
    postroom.tick()
    second = postroom.sent(tag="digest", to="ada@example.com")[-1]["TextBody"]
    assert second.index("on tuesday") < second.index("earlier days") < second.index("an afterthought")
    assert "in time" not in second


def test_the_tick_run_ten_times_at_once_asks_once(postroom, team, clock):
    clock.at("2026-03-02 18:00")
    for _ in range(10):
        tick.later()
    postroom.settle()
    assert names(postroom.sent(tag="reminder")) == ["ada"]  # it is three in the morning where Kenji is


def test_a_reply_delivered_three_times_is_one_answer(postroom, team, clock):
    clock.at("2026-03-02 18:00")
    postroom.tick()
    postroom.faults(duplicate_webhooks={"rate": 1})
    reminder = postroom.sent(tag="reminder", to="ada@example.com")[0]
    payload = postroom.reply(reminder, "one thing")
    secret = "the-one-before-it"
    again = postroom.web.post("/webhooks/postmark/inbound", json=payload, auth=("postmark", secret))
    assert again.status_code == 200
    postroom.settle()
    with transaction() as tx:
        assert [entry.body for entry in tx.scalars(select(Entry))] == ["one thing"]
        assert [mail.state for mail in tx.scalars(select(InboundEmail))] == ["processed"]
