"""A person's hour on a person's day, in a person's zone, as a moment in UTC."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


class UnknownZone(ValueError):
    """A zone that is not in the IANA time zone database."""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The named zone; raises `UnknownZone`."""
    if name not in zones():
        raise UnknownZone(f"there is no time zone called {name!r}")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def moment_of(day: date, hour: time, zone_name: str) -> datetime:
    """The UTC moment of a local hour.

    An hour that daylight saving skips comes after the gap, an hour that it repeats comes the first time (both as
    RFC 5545, 3.3.5 has it).
    """
    return datetime.combine(day, hour, zone(zone_name)).astimezone(UTC)


def local_day(moment: datetime, zone_name: str) -> date:
    return moment.astimezone(zone(zone_name)).date()


def next_moment(after: datetime, hour: time, zone_name: str, weekdays: Collection[int]) -> datetime | None:
    """The first moment after `after` when it is `hour` on one of `weekdays` (Monday is 0); None without weekdays."""
    return _next_moment(after, hour, zone_name, tuple(weekdays))


def last_moment(until: datetime, hour: time, zone_name: str, weekdays: Collection[int]) -> datetime | None:
    """The last such moment that is not after `until`."""
    return _last_moment(until, hour, zone_name, tuple(weekdays))


# Thousands who are asked at the same moment share a few zones, hours and working weeks.
@lru_cache(maxsize=4096)
def _next_moment(after: datetime, hour: time, zone_name: str, weekdays: tuple[int, ...]) -> datetime | None:
    moments = _moments(local_day(after, zone_name), +1, hour, zone_name, weekdays)
    return next((moment for moment in moments if moment > after), None)


@lru_cache(maxsize=4096)
def _last_moment(until: datetime, hour: time, zone_name: str, weekdays: tuple[int, ...]) -> datetime | None:
    moments = _moments(local_day(until, zone_name), -1, hour, zone_name, weekdays)
    return next((moment for moment in moments if moment <= until), None)


def _moments(first: date, step: int, hour: time, zone_name: str, weekdays: Collection[int]) -> Iterator[datetime]:
    """Two weeks of moments from `first` on, forwards or backwards: a week may lack a day when a zone changes sides."""
    days = (first + timedelta(days=step * offset) for offset in range(15))
    return (moment_of(day, hour, zone_name) for day in days if day.weekday() in weekdays)
