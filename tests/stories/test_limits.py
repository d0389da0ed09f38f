"""What holds sending back, and that nobody pays for it: a busy provider, a barred account, a limit, a bad list."""

import time
from datetime import time as hour
from statistics import linear_regression

from sqlalchemy import func, select

from jobs.deliveries import nudge, reopen
from jobs.editions import address_edition
from jobs.tick import tick
from models import rounds
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.publication import Publication
from models.sign_in import SignIn
from models.stream import RETRY_PAUSED, Stream, Weather
from tests import people

HTML = '<p>News</p><a href="{{ unsubscribe_link }}">Leave</a>'


def crowd(clock, size):
    """So many members whose reminders are addressed, and whose deliveries wait."""
    clock.at("2026-03-02 00:00")  # a Monday
    with transaction() as tx:
        team = people.team(tx, people.workspace(tx))
        for number in range(size):
            people.seat(tx, team, f"Person{number}", reminder=hour(18))
    clock.at("2026-03-02 18:00")
    with transaction() as tx:
        return rounds.ask(tx).delivery_ids


def sign_in(name):
    with transaction() as tx:
        asked = SignIn.ask(tx, people.person(tx, name))
        return Delivery.address(tx, "sign_in", [Addressee(asked.workspace_id, asked.id, people.address(name))])[0]


def states():
    with transaction() as tx:
        return dict(tx.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all())


def stream(name="outbound"):
    with transaction() as tx:
        return Stream.named(tx, name)


def struck(postroom, knob):
    return postroom.sandbox.get("/sandbox/faults").json()["struck"].get(knob, 0)


def everybody_got_one(postroom, count):
    record = postroom.record()
    return (record["unique_by_delivery"], record["duplicates"]) == (count, 0)


def test_a_provider_that_is_busy_for_a_while_is_left_alone_and_nobody_burns_attempts(postroom, clock):
    ids = crowd(clock, 300)
    postroom.faults(too_many_requests={"rate": 1})
    nudge("reminder", ids)
    postroom.settle()
    assert states() == {"queued": 300}
    assert stream().state == "held"
    calls = struck(postroom, "too_many_requests")
    time.sleep(4)
    assert struck(postroom, "too_many_requests") - calls <= 3
    postroom.faults()
    over = time.monotonic() + stream().wait()
    postroom.until(lambda: set(states()) <= {"sent", "delivered"}, "all is sent without another tick")
    assert time.monotonic() - over < 4
    with transaction() as tx:
        assert set(tx.scalars(select(Delivery.attempts))) == {1}
    assert stream().state == "open"
    assert everybody_got_one(postroom, 300)


def test_a_sign_in_waits_too_and_is_first_when_the_stream_opens(postroom, clock):
    ids = crowd(clock, 200)
    with transaction() as tx:
        Stream.named(tx, "outbound").hear(Weather.BARRED, "no credits")
    nudge("reminder", ids)
    postroom.settle()
    nudge("sign_in", [sign_in("Ada")])
    postroom.settle()
    assert states() == {"queued": 201}
    clock.forward(seconds=RETRY_PAUSED + 1)
    reopen.later("outbound")
    postroom.settle()
    assert postroom.sandbox.get("/sandbox/record").json()["messages"][0]["Tag"] == "sign_in"
    assert everybody_got_one(postroom, 201)


def test_a_wrong_token_pauses_with_its_reason_and_its_mending_is_noticed(postroom, clock):
    ids = crowd(clock, 300)
    postroom.sandbox.patch("/sandbox/settings", json={"server_tokens": ["another"]}).raise_for_status()
    try:
        nudge("reminder", ids)
        postroom.settle()
        for _ in range(3):
            postroom.tick()
        paused = stream()
        assert paused.state == "paused" and "[10]" in paused.paused_because
        assert states() == {"queued": 300}
        clock.forward(seconds=RETRY_PAUSED + 1)
        postroom.tick()
        assert stream().state == "paused"
    finally:
        postroom.sandbox.patch("/sandbox/settings", json={"server_tokens": []}).raise_for_status()
    clock.forward(seconds=RETRY_PAUSED + 1)
    postroom.tick()
    assert stream().state == "open"
    assert everybody_got_one(postroom, 300)
    with transaction() as tx:
        assert set(tx.scalars(select(Delivery.attempts))) == {1}


def test_a_limit_holds_for_all_workers_together(postroom, clock):
    ids = crowd(clock, 450)
    postroom.start("second worker")
    with transaction() as tx:
        Stream.named(tx, "outbound").limit(50)
    began = time.time()
    nudge("reminder", ids)
    postroom.until(lambda: postroom.record()["accepted"] == 450, "all is sent")
    postroom.stop("second worker")
    moments = [row["accepted_at"] - began for row in postroom.sandbox.get("/sandbox/record").json()["messages"]]
    for number, moment in enumerate(moments, 1):
        assert number <= 50 * moment + 10, "never ahead of the limit"
    pace = linear_regression(moments, range(450)).slope  # of the record as a whole: a late start or end is no pace
    assert 40 <= pace <= 60, "and not far behind"
    assert everybody_got_one(postroom, 450)


def test_a_tick_hurries_nothing_through_a_stream_that_is_shut(postroom, clock):
    crowd(clock, 50)
    with transaction() as tx:
        Stream.named(tx, "outbound").pause("moving house")
    for _ in range(3):
        tick.later()
        postroom.settle()
    assert (states(), postroom.record()["accepted"]) == ({"queued": 50}, 0)


def test_a_storm_of_bounces_pauses_the_newsletter_and_tells_its_people_once(postroom):
    with transaction() as tx:
        workspace = people.workspace(tx)
        workspace.admit(tx, people.person(tx, "Grace"), role="admin")
        workspace.admit(tx, people.person(tx, "Edith"), role="editor")
        publication = Publication(workspace=workspace, name="Notes")
        tx.add(publication)
        tx.flush()
        readers = {f"reader{number}@example.com": "" for number in range(200)}
        publication.subscribe(tx, readers, consent="bought, which they should not have been")
        edition = Edition(workspace_id=workspace.id, publication=publication, subject="News", html=HTML, text="News")
        tx.add(edition)
        tx.flush()
        assert edition.publish(tx)
    postroom.faults(bounce={"rate": 0.2}, seed=5)
    address_edition.later(edition.id)
    postroom.settle()
    postroom.faults()
    for _ in range(3):
        postroom.tick()
    with transaction() as tx:
        paused = tx.get_one(Publication, publication.id)
        left = paused.standing(tx).get("bounced", 0)
        ledger = Delivery.ledger(tx, edition.workspace_id)
    assert paused.paused_at and "bounced" in paused.paused_because
    assert ledger == {"edition": {"delivered": 200 - left, "bounced": left}, "pause": {"delivered": 2}}
    assert sorted(mail["To"] for mail in postroom.sent(tag="pause")) == ["ada@example.com", "grace@example.com"]
