"""A person's hour in UTC: through both changes of the clocks, over weekends, in zones that do not exist."""

from datetime import UTC, datetime, time

import pytest

from models.local_time import UnknownZone, last_moment, next_moment, zone

EVERY_DAY = range(7)
WORKING_DAYS = range(5)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_six_in_the_evening_stays_six_in_the_evening_when_the_clocks_change():
    evenings = [at("2026-03-28 12:00")]
    for _ in range(2):
        evenings.append(next_moment(evenings[-1], time(18), "Europe/Berlin", EVERY_DAY))
    assert evenings[1:] == [at("2026-03-28 17:00"), at("2026-03-29 16:00")]


def test_an_hour_that_is_skipped_comes_after_the_gap():
    """In New York, 2026-03-08 has no 02:30."""
    moment = next_moment(at("2026-03-08 01:00"), time(2, 30), "America/New_York", EVERY_DAY)
    assert moment == at("2026-03-08 07:30")
    assert moment.astimezone(zone("America/New_York")).time() == time(3, 30)


def test_an_hour_that_comes_twice_counts_the_first_time_and_once():
    """In New York, 2026-11-01 has two 01:30s: at 05:30 and at 06:30 UTC."""
    first = next_moment(at("2026-11-01 04:00"), time(1, 30), "America/New_York", EVERY_DAY)
    assert first == at("2026-11-01 05:30")
    assert next_moment(first, time(1, 30), "America/New_York", EVERY_DAY) == at("2026-11-02 06:30")


def test_friday_evening_is_followed_by_monday_evening():
    assert next_moment(at("2026-03-06 18:00"), time(18), "UTC", WORKING_DAYS) == at("2026-03-09 18:00")


def test_a_day_that_a_zone_left_out_is_passed_over():
    """Samoa went from 29 to 31 December 2011."""
    moment = next_moment(at("2011-12-30 05:00"), time(18), "Pacific/Apia", EVERY_DAY)
    assert moment == at("2011-12-31 04:00")


def test_nobody_is_asked_who_never_works():
    assert next_moment(at("2026-03-06 18:00"), time(18), "UTC", ()) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "europe"])
def test_a_zone_that_does_not_exist_is_named(name):
    with pytest.raises(UnknownZone, match="no time zone"):
        zone(name)


def test_the_last_evening_before_monday_noon_was_fridays():
    assert last_moment(at("2026-03-09 12:00"), time(18), "UTC", WORKING_DAYS) == at("2026-03-06 18:00")
    assert last_moment(at("2026-03-06 18:00"), time(18), "UTC", WORKING_DAYS) == at("2026-03-06 18:00")
