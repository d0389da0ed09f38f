"""Six in the evening stays six in the evening, in spring and in autumn."""

from datetime import time

import pytest

from models.db import transaction
from tests import people


def team_of_one(**hours):
    with transaction() as tx:
        team = people.team(tx, people.workspace(tx))
        member = people.seat(tx, team, "Ada", **hours)
        member.work_on(range(7))


def asked_at(postroom, clock, *moments):
    """Which of these moments (UTC) brought a reminder."""
    brought = []
    for moment in moments:
        clock.at(moment)
        before = len(postroom.sent(tag="reminder"))
        postroom.tick()
        brought += [moment] * (len(postroom.sent(tag="reminder")) - before)
    return brought


@pytest.mark.parametrize(
    ("zone", "evenings", "hour_later_or_earlier"),
    [
        ("Europe/Berlin", ["2026-03-28 17:00", "2026-03-29 16:00", "2026-03-30 16:00"], "2026-03-29 17:00"),
        ("Europe/Berlin", ["2026-10-24 16:00", "2026-10-25 17:00", "2026-10-26 17:00"], "2026-10-25 16:00"),
        ("America/New_York", ["2026-03-07 23:00", "2026-03-08 22:00", "2026-03-09 22:00"], "2026-03-08 23:00"),
        ("America/New_York", ["2026-10-31 22:00", "2026-11-01 23:00", "2026-11-02 23:00"], "2026-11-01 22:00"),
    ],
)
def test_a_member_is_asked_at_six_on_either_side(postroom, clock, zone, evenings, hour_later_or_earlier):
    clock.at(evenings[0][:10])
    team_of_one(zone=zone)
    assert asked_at(postroom, clock, *sorted([*evenings, hour_later_or_earlier])) == evenings


def test_an_hour_that_comes_twice_asks_once(postroom, clock):
    clock.at("2026-11-01 00:00")
    team_of_one(zone="America/New_York", reminder=time(1, 30))
    asked = asked_at(postroom, clock, "2026-11-01 05:30", "2026-11-01 06:30", "2026-11-02 06:30")
    assert asked == ["2026-11-01 05:30", "2026-11-02 06:30"]


def test_an_hour_that_is_skipped_asks_after_the_gap(postroom, clock):
    clock.at("2026-03-08 00:00")
    team_of_one(zone="America/New_York", reminder=time(2, 30))
    assert asked_at(postroom, clock, "2026-03-08 07:00", "2026-03-08 07:30") == ["2026-03-08 07:30"]
