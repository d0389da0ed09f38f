"""Opens and clicks of copies, and the sums that are kept of them."""

import random

import pytest
from sqlalchemy import text

from models.db import transaction
from models.progress import Progress
from models.publication import Publication
from models.traces.growth import Day, Growth
from models.traces.sight import CANARY
from models.traces.tally import Tally
from tests.models.traces.readers import apply, event, published, sums, traces


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
