"""Opens and clicks of copies, and the sums that are kept of them."""

import itertools
import json
import random
from datetime import timedelta

import pytest
from sqlalchemy import text

from models import clock, delivery_event, sending
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.progress import Progress
from models.publication import Publication
from models.sending import Outcome
from models.traces import privacy
from models.traces.growth import Day, Growth
from models.traces.sight import CANARY
from models.traces.tally import Tally
from tests import people

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
_keys = itertools.count()


@pytest.fixture
def edition():
    return published(tracks=True)


def published(tracks, readers=4):
    """Handed over an hour ago to each of its readers."""
    with transaction() as tx:
        workspace = people.workspace(tx)
        publication = Publication(workspace=workspace, name="Notes", tracks=tracks)
        tx.add(publication)
        tx.flush()
        publication.subscribe(tx, {f"r{number}@example.com": "" for number in range(readers)}, consent="on paper")
        made = Edition(workspace_id=workspace.id, publication=publication, subject="x", html="x", text="x")
        tx.add(made)
        tx.flush()
        assert made.publish(tx) and made.address(tx)
        claimed = sending.claim(tx, list(tx.scalars(text("select id from deliveries"))))
        sending.record(
            tx, claimed[0].batch_id, [Outcome(each.id, "sent", provider_id=str(each.id)) for each in claimed]
        )
        tx.execute(text("update deliveries set sent_at = sent_at - interval '1 hour'"))
        return made


def event(delivery, type, after=0.0, link="", agent=AGENT, **more):
    at = clock.now() + timedelta(seconds=after)
    told = {"RecordType": type, "Metadata": {"delivery": str(delivery)}, "UserAgent": agent, **more}
    told |= {"ReceivedAt": at.isoformat(), "OriginalLink": link, "Client": {"Family": "Firefox"}}
    return told | {"Geo": {"CountryISOCode": "GB"}}


def apply(*events):
    with transaction() as tx:
        ids = [
            DeliveryEvent.receive(tx, type=told["RecordType"], key=str(next(_keys)), payload=json.dumps(told))
            for told in events
        ]
        assert delivery_event.apply(tx, ids) == set()


def sums(edition, *what):
    counted = text("""
        select what || ' ' || word, sum(count) from edition_tallies where edition_id = :edition and what = any(:what)
        group by 1 having sum(count) <> 0
    """)
    with transaction() as tx:
        return {key: int(count) for key, count in tx.execute(counted, {"edition": edition.id, "what": [*what]})}


def traces():
    with transaction() as tx:
        rows = tx.execute(text("select delivery_id, what, by, people, machines from traces order by 1, 2, link_id"))
        return [tuple(row) for row in rows]


def test_a_person_and_a_machine_open_and_click_and_each_counts_by_itself(edition):
    apply(
        event(1, "Delivery"),
        event(1, "Open", 5),
        event(1, "Open", 60),
        event(1, "Click", 70, "https://example.com/a"),
        event(2, "Open", 5, agent="Mozilla/5.0"),
        event(3, "Click", 5, f"https://postroom.test{CANARY}"),
        event(3, "Click", 6, "https://example.com/a"),
    )
    assert sums(edition, "open", "click", "canary") == {
        "open person": 1, "open machine": 1, "click person": 1, "click machine": 1, "canary machine": 1
    }  # fmt: skip
    assert sums(edition, "link") == {"link person": 1, "link machine": 1}
    assert traces()[0] == (1, "click", "person", 1, 0)
    assert (1, "open", "person", 2, 0) in traces()
    assert sums(edition, "client", "country") == {"client Firefox": 1, "country GB": 1}


def test_a_trace_says_whose_it_is(edition):
    apply(event(2, "Open", 5), event(2, "Open", 9))
    whose = """select c.email = d.recipient from traces t join deliveries d on d.id = t.delivery_id
               join contacts c on c.id = t.contact_id"""
    with transaction() as tx:
        assert tx.scalars(text(whose)).all() == [True]


def test_a_scanner_that_is_known_late_takes_back_what_was_counted_as_a_person(edition):
    apply(event(1, "Click", 5, "https://example.com/a"))
    assert sums(edition, "click") == {"click person": 1}
    apply(event(1, "Click", 9, f"https://postroom.test{CANARY}"))
    assert sums(edition, "click", "link") == {"click machine": 1, "link machine": 1}


@pytest.mark.parametrize("seed", range(3))
def test_events_in_any_order_and_any_pages_come_to_the_same(edition, seed):
    events = [
        told
        for number in (1, 2, 3, 4)
        for told in (
            event(number, "Delivery"),
            event(number, "Open", 5 * number),
            event(number, "Click", 30, f"https://example.com/{number}"),
            event(number, "Click", 35, f"https://postroom.test{CANARY}" if number > 2 else "https://example.com/x"),
        )
    ]
    shuffle = random.Random(seed)
    shuffle.shuffle(events)
    while events:
        size = shuffle.randint(1, 6)
        apply(*events[:size])
        events = events[size:]
    assert sums(edition, "copy", "open", "click", "link", "canary") == {
        "copy delivered": 4, "open person": 2, "open machine": 2, "click person": 2, "click machine": 2,
        "link person": 4, "link machine": 2, "canary machine": 2,
    }  # fmt: skip


def test_sums_are_what_counting_finds_whatever_happens_to_copies_and_traces(edition):
    apply(event(1, "Delivery"), event(2, "Bounce", Type="SoftBounce"), event(1, "Open", 9), event(3, "Open", 9))
    states = (
        "update deliveries set state = 'failed' where id = 3",
        "update deliveries set state = 'queued' where id > 2",
    )
    for statement in (*states, "delete from deliveries where id = 4", "update traces set by = 'unsure'"):
        with transaction() as tx:
            tx.execute(text(statement))
        check(edition)
    with transaction() as tx:
        assert Tally.fold(tx) > 0
        assert Tally.fold(tx) == 0
    check(edition)
    with transaction() as tx:
        tx.execute(text("delete from deliveries"))
    check(edition)


def check(edition):
    """The sums against the rows themselves."""
    copies = "select 'copy ' || state, count(*) from deliveries where source_id = :edition group by 1"
    rows = "select what || ' ' || by, count(*) from traces where edition_id = :edition group by 1"
    with transaction() as tx:
        counted = dict(tuple(row) for row in tx.execute(text(f"{copies} union all {rows}"), {"edition": edition.id}))
        states = Progress.of(tx, edition.id).states
    assert sums(edition, "copy", "open", "click", "link", "canary") == counted
    assert states == {key.split()[1]: count for key, count in counted.items() if key.startswith("copy")}


def test_a_newsletter_that_does_not_track_keeps_nothing_of_what_comes_all_the_same():
    edition = published(tracks=False)
    apply(event(1, "Open", 60), event(1, "Click", 61, "https://example.com/a"))
    assert (traces(), sums(edition, "open", "click", "client")) == ([], {})
    with transaction() as tx:
        kept = tx.execute(text("select payload, delivery_id from delivery_events")).all()
    assert kept == [("{}", None)] * 2


def test_what_people_did_is_erased_when_a_newsletter_stops_tracking_and_sums_stay(edition, clock):
    apply(event(1, "Open", 60), event(1, "Click", 61, "https://example.com/a"), event(2, "Open", 60))
    before = sums(edition, "open", "click", "link", "client", "country")
    with transaction() as tx:
        assert privacy.stop(tx, tx.get_one(Publication, edition.publication_id)) == [edition.id]
        assert privacy.stop(tx, tx.get_one(Publication, edition.publication_id)) == []
    apply(event(3, "Open", 60))
    with transaction() as tx:
        after = ""
        while after is not None:
            after = privacy.erase(tx, edition.id, after)
    clock.forward(minutes=3)
    with transaction() as tx:
        assert privacy.halfway(tx) == []
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).tracking == "erased"
        assert set(tx.scalars(text("select payload from delivery_events"))) == {"{}"}
        Tally.fold(tx)
    assert traces() == []
    assert sums(edition, "open", "click", "link", "client", "country") == before


def test_an_erasure_that_was_not_finished_is_taken_up(edition, clock):
    apply(event(1, "Open", 60))
    with transaction() as tx:
        privacy.stop(tx, tx.get_one(Publication, edition.publication_id))
    clock.forward(minutes=3)
    with transaction() as tx:
        assert privacy.halfway(tx) == [edition.id]


def test_an_edition_with_too_many_links_counts_the_rest_as_one(edition, monkeypatch):
    monkeypatch.setattr("models.traces.link.MOST", 2)
    for number in range(4):
        apply(event(1, "Click", 10 * number, f"https://example.com/{number}"))
    with transaction() as tx:
        assert tx.scalar(text("select count(*) from links")) == 2
    assert sums(edition, "link", "click") == {"link person": 3, "click person": 1}


def test_readers_are_counted_by_the_day(clock):
    clock.at("2026-03-02 09:00")
    edition = published(tracks=False)
    clock.at("2026-03-04 09:00")
    with transaction() as tx:
        publication = tx.get_one(Publication, edition.publication_id)
        publication.subscribe(tx, {"late@example.com": ""}, consent="on paper")
        tx.execute(text("update subscriptions set state = 'unsubscribed', changed_at = :now where id <= 2"), {
            "now": "2026-03-04 10:00Z"
        })  # fmt: skip
        Growth.fold(tx)
        days = Day.of(tx, publication.id, readers=3, today=clock.at("2026-03-04 11:00").date(), days=4)
    assert [tuple(day[1:]) for day in days] == [(0, 0, 0), (4, 0, 4), (0, 0, 4), (1, 2, 3)]
