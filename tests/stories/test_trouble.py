"""What is killed, emptied, cut off or repeated on the way, and that nothing comes of it."""

import signal
from datetime import time
from time import sleep

import pytest
from sqlalchemy import select

from jobs.connection import redis_connection
from jobs.deliveries import send_delivery
from jobs.tick import tick
from models import rounds, sending
from models.db import transaction
from models.delivery import Delivery
from models.delivery_event import DeliveryEvent
from models.inbound_email import InboundEmail
from tests import people

CROWD = [f"Person{number}" for number in range(60)]


@pytest.fixture
def team(clock):
    clock.at("2026-03-02 00:00")  # a Monday
    with transaction() as tx:
        made = people.team(tx, people.workspace(tx))
        for name in CROWD:
            people.seat(tx, made, name, reminder=time(18))
        clock.at("2026-03-02 18:00")
        return made


def states():
    with transaction() as tx:
        found = tx.scalars(select(Delivery.state)).all()
        return {state: found.count(state) for state in set(found)}


def everybody_got_one(postroom):
    record = postroom.record()
    return (record["unique_by_delivery"], record["duplicates"]) == (len(CROWD), 0)


def test_a_worker_killed_between_claim_and_record_loses_nothing_and_repeats_nothing(postroom, team, clock):
    postroom.faults(latency_ms=1_000)
    tick.later()
    postroom.until(lambda: "sending" in states(), "some are claimed")
    sleep(0.5)
    postroom.stop("worker", signal.SIGKILL)
    postroom.faults()
    sleep(1.5)  # whatever had reached the provider is taken by now; the rest never will be
    postroom.start("worker")
    clock.forward(minutes=3)
    tick.later()
    postroom.until(lambda: "sending" not in states(), "the lost worker's claims are doubted")
    clock.forward(minutes=15)
    tick.later()
    postroom.until(lambda: "unknown" not in states(), "the provider is asked")
    tick.later()
    postroom.until(lambda: set(states()) <= {"sent", "delivered"}, "what was in doubt is settled")
    assert everybody_got_one(postroom)


def test_a_claim_that_never_reached_the_provider_is_sent_once_it_is_certain(postroom, team, clock):
    with transaction() as tx:
        sending.claim(tx, rounds.ask(tx).delivery_ids)
    clock.forward(minutes=3)
    postroom.tick()
    assert states() == {"unknown": len(CROWD)}
    clock.forward(minutes=15)
    postroom.tick()
    postroom.tick()
    assert states() == {"delivered": len(CROWD)}
    assert everybody_got_one(postroom)


def test_redis_emptied_with_work_queued_is_filled_again_from_the_database(postroom, team, clock):
    postroom.stop("worker")
    with transaction() as tx:
        ids = rounds.ask(tx).delivery_ids
    send_delivery.later_each(ids)
    redis_connection().flushdb()
    postroom.start("worker")
    postroom.tick()
    assert states() == {"delivered": len(CROWD)}
    assert everybody_got_one(postroom)


def test_a_worker_asked_to_stop_in_mid_work_finishes_it_and_leaves_in_order(postroom, team, clock):
    postroom.faults(latency_ms=1_000)
    tick.later()
    postroom.until(lambda: "sending" in states(), "some are being sent")
    assert postroom.stop("worker", signal.SIGTERM) == 0
    assert set(states()) <= {"sent", "delivered", "queued"}
    postroom.faults()
    postroom.start("worker")
    postroom.tick()
    assert states() == {"delivered": len(CROWD)}
    assert everybody_got_one(postroom)


def test_a_provider_that_takes_the_mail_and_hangs_up_is_asked(postroom, team, clock):
    postroom.faults(accept_then_drop={"next": 1})
    postroom.tick()
    clock.forward(minutes=1)
    postroom.tick()
    assert set(states()) <= {"sent", "delivered"}
    assert everybody_got_one(postroom)


def test_a_provider_that_is_too_busy_gets_it_later(postroom, team, clock):
    postroom.faults(too_many_requests={"next": 1})
    postroom.tick()
    assert "queued" in states()
    clock.forward(seconds=10)
    postroom.tick()
    assert states() == {"delivered": len(CROWD)}
    assert everybody_got_one(postroom)


def test_events_that_come_twice_and_out_of_order_are_told_once(postroom, team, clock):
    postroom.faults(
        duplicate_webhooks={"rate": 1}, reordered_webhooks={"rate": 0.5, "seconds": 0.3}, bounce={"rate": 0.3}, seed=3
    )
    postroom.tick()
    record = {row["Metadata"]["delivery"] for row in postroom.sandbox.get("/sandbox/record").json()["messages"]}
    with transaction() as tx:
        events = tx.scalars(select(DeliveryEvent).where(DeliveryEvent.type.in_(["Delivery", "Bounce"]))).all()
    assert sorted(str(event.delivery_id) for event in events) == sorted(record)
    bounced = sum(event.type == "Bounce" for event in events)
    assert 0 < bounced < len(CROWD)
    assert states() == {"delivered": len(CROWD) - bounced, "bounced": bounced}


def test_a_reply_to_nowhere_is_kept_and_answered_once_a_day(postroom, team, clock):
    nowhere = "0123456789abcdef0123456789abcdef+gone@inbound.postroom.example"
    mail = "From: stranger@example.com\r\nTo: {}\r\nSubject: Hello\r\nMessage-ID: <{}@x>\r\n\r\nA question.\r\n"
    for number in range(3):
        raw = mail.format(nowhere, number).encode()
        postroom.sandbox.post("/sandbox/inbound", params={"to": nowhere}, content=raw).raise_for_status()
    postroom.settle()
    with transaction() as tx:
        found = [(each.state, each.reason) for each in tx.scalars(select(InboundEmail))]
    assert found == [("bounced", "unknown reply address")] * 3
    (note,) = postroom.sent(tag="rejection")
    assert (note["To"], "Hello" in note["Subject"]) == ("stranger@example.com", True)


def test_a_reply_from_another_address_is_kept_and_not_published(postroom, team, clock):
    postroom.tick()
    reminder = postroom.sent(tag="reminder", to=people.address("Person1"))[0]
    postroom.reply(reminder, "I am somebody else", **{"from": "mallory@example.com"})
    postroom.settle()
    with transaction() as tx:
        (mail,) = tx.scalars(select(InboundEmail))
    assert (mail.state, mail.reason) == ("held", "sent from another address")
    assert postroom.sent(tag="rejection") == []
    (asked,) = postroom.sent(tag="confirmation")
    assert (asked["To"], asked["Subject"]) == (people.address("Person1"), "Is mallory@example.com you?")
