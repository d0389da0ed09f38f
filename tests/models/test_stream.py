"""What a stream hears, and what it lets through then."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models import clock as the_clock
from models.db import transaction
from models.stream import LONGEST_HOLD, RETRY_PAUSED, State, Stream, Weather


def hear(weather, words="", **how):
    with transaction() as tx:
        Stream.named(tx, "outbound").hear(weather, words, **how)


def grant(wanted):
    with transaction() as tx:
        return Stream.named(tx, "outbound").grant(wanted)


def stream():
    with transaction() as tx:
        return Stream.named(tx, "outbound")


def change(verb, *arguments):
    with transaction() as tx:
        getattr(Stream.named(tx, "outbound"), verb)(*arguments)


@pytest.fixture(autouse=True)
def morning(clock):
    clock.at("2026-03-02 10:00")


def test_streams_are_all_shown_before_anything_happened_to_them():
    with transaction() as tx:
        assert [(each.name, each.state) for each in Stream.all(tx)] == [("outbound", "open"), ("broadcast", "open")]
        assert Stream.restricted(tx) == []


def test_an_open_stream_lets_everything_through():
    assert grant(500) == (500, False)
    assert stream().room() is None


def test_a_busy_stream_is_held_then_tried_by_one_and_opened_by_its_success(clock):
    hear(Weather.BUSY, "[429] slow down")
    held = stream()
    assert (held.state, held.held_because, held.room()) == (State.HELD, "[429] slow down", 0)
    assert 1 < held.wait() < 3
    assert grant(500) == (0, False)
    clock.forward(seconds=3)
    assert stream().room() == 1
    assert [grant(500), grant(500)] == [(1, True), (0, False)]
    hear(Weather.FAIR, probed=True)
    assert (stream().state, stream().failures, grant(500)) == (State.OPEN, 0, (500, False))


def test_each_failed_try_holds_longer_and_never_longer_than_five_minutes(clock):
    waits = []
    hear(Weather.BUSY)
    for _ in range(12):
        waits.append(stream().wait())
        clock.forward(seconds=waits[-1] + 1)
        assert grant(1).probes
        hear(Weather.BUSY, probed=True)
    assert waits[3] > 2 * waits[1] > 2 * waits[0]
    assert waits[-1] <= 1.2 * LONGEST_HOLD


def test_calls_that_are_refused_together_hold_it_once():
    for _ in range(50):
        hear(Weather.BUSY)
    assert stream().failures == 1


def test_a_call_that_was_on_its_way_does_not_open_what_was_shut_meanwhile():
    hear(Weather.BUSY)
    hear(Weather.FAIR)
    assert stream().state == State.HELD


def test_a_try_that_came_to_nothing_leaves_it_to_the_next(clock):
    hear(Weather.BUSY)
    clock.forward(seconds=3)
    assert grant(5).probes
    hear(Weather.NOTHING, probed=True)
    assert grant(5).probes


def test_a_try_whose_worker_died_is_somebody_elses_later(clock):
    hear(Weather.BUSY)
    clock.forward(seconds=3)
    assert grant(5).probes
    assert grant(5).most == 0
    clock.forward(minutes=3)
    assert grant(5).probes


def test_a_barred_stream_is_paused_with_its_reason_and_tried_every_five_minutes(clock):
    hear(Weather.BARRED, "[10] no such token")
    assert (stream().state, stream().paused_because) == (State.PAUSED, "[10] no such token")
    clock.forward(seconds=RETRY_PAUSED - 1)
    assert grant(5) == (0, False)
    clock.forward(seconds=2)
    assert grant(5) == (1, True)
    hear(Weather.BARRED, "[10] still none", probed=True)
    paused = stream()
    assert (paused.paused_because, grant(5)) == ("[10] still none", (0, False))
    clock.forward(seconds=RETRY_PAUSED + 1)
    assert grant(5).probes
    hear(Weather.FAIR, probed=True)
    assert stream().state == State.OPEN


def test_what_a_person_paused_a_person_resumes(clock):
    change("pause", "moving house")
    clock.forward(days=2)
    hear(Weather.FAIR, probed=True)
    hear(Weather.BUSY)
    assert (stream().state, stream().wait(), grant(5)) == (State.PAUSED, None, (0, False))
    change("resume")
    assert grant(5) == (5, False)


def test_a_limit_fills_by_the_second_and_holds_little_more(clock):
    change("limit", 50)
    assert grant(500).most <= 2
    clock.forward(seconds=0.5)
    assert 23 <= grant(500).most <= 30
    clock.forward(hours=1)
    assert grant(100).most == 100
    assert 50 <= grant(500).most <= 60
    change("limit", None)
    assert grant(500).most == 500


def test_workers_who_draw_at_once_share_one_limit(clock):
    began = the_clock.now()
    change("limit", 50)
    clock.forward(seconds=1)
    with ThreadPoolExecutor(8) as pool:
        drawn = sum(each.most for each in pool.map(grant, [20] * 16))
    assert 50 <= drawn <= 50 * (the_clock.now() - began).total_seconds()
