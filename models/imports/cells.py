"""What people write into cells: hours, working days, zones, as they are meant. Each raises `Unreadable`."""

import re
from datetime import UTC, datetime, time
from functools import lru_cache

from models import local_time
from models.user import InvalidAddress, normal

_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(?:h|uhr|o'clock)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_SPANS = {
    **dict.fromkeys(("weekdays", "workdays", "working days", "mon-fri"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("every day", "everyday", "daily", "all", "all days"), (0, 1, 2, 3, 4, 5, 6)),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
}


class Unreadable(ValueError):
    """What is wrong with a cell, in a sentence."""


def address(text: str) -> str:
    """In the one form that is stored."""
    if not text:
        raise Unreadable("it has no address")
    try:
        return normal(text)
    except InvalidAddress as problem:
        raise Unreadable(str(problem)) from None


def moment(text: str, now: datetime) -> datetime:
    """`2026-03-01`, with an hour if there is one, in UTC unless it says otherwise, and `1.3.2026`; not after `now`.

    `3/1/2026` is a day in March in some places and in January in others, so it is none here.
    """
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", text.strip())
    iso = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}{dotted[4]}" if dotted else text.strip()
    try:
        found = datetime.fromisoformat(iso)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        raise Unreadable(f"“{text[:40]}” is no date; write it as 2026-03-01") from None
    if found > now:
        raise Unreadable(f"“{text[:40]}” has not come yet")
    return found


@lru_cache(maxsize=4096)
def hour(text: str) -> time:
    """`18:00`, `18.30`, `6 pm`, `6:30 PM`, `18h30`, `18`, and 0.75, which is how Excel stores an hour."""
    fraction = re.fullmatch(r"0[.,](\d{3,})|0[.,]5|0[.,]25|0[.,]75", text)
    if fraction:
        minutes = round(float(text.replace(",", ".")) * 24 * 60) % (24 * 60)
        return time(minutes // 60, minutes % 60)
    found = _HOUR.fullmatch(text.strip())
    number, half = int(found[1]) if found else 99, (found[3] or "").lower() if found else ""
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half == "p" else 0)
    elif half:
        number = 99
    minute = int(found[2] or 0) if found else 0
    if number > 23 or minute > 59:
        raise Unreadable(f"“{text[:40]}” is no hour; write it as 18:00")
    return time(number, minute)


@lru_cache(maxsize=4096)
def days(text: str) -> tuple[int, ...]:
    """`Mon, Wed, Fri`, `Mo-Fr`, `weekdays`, `1-5` where 1 is Monday (ISO 8601). Mondays are 0 in what comes back."""
    plain = re.sub(r"\s*[-–—]\s*", "-", text.strip().lower())
    if plain in _SPANS:
        return _SPANS[plain]
    found: set[int] = set()
    for part in re.split(r"[\s,;/+&]+", plain.replace(" and ", ",")):
        first, _, last = part.partition("-")
        start, end = _day(first, text), _day(last or first, text)
        found |= {day % 7 for day in range(start, (end if end >= start else end + 7) + 1)}
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def zone(text: str) -> str:
    """An IANA name in any case, or its city where only one zone has it: `europe/berlin`, `Berlin`, `New York`."""
    wanted = text.strip().replace(" ", "_").lower()
    names = _cities().get(wanted, [])
    if len(names) != 1:
        raise Unreadable(f"there is no time zone “{text[:40]}”; write it as Europe/Berlin")
    return names[0]


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[str]]:
    """By whole name and by city; a whole name wins."""
    found: dict[str, list[str]] = {}
    for name in local_time.zones():
        found.setdefault(name.rpartition("/")[2].lower(), []).append(name)
    whole = {name.lower(): [name] for name in local_time.zones()}
    tidy = {city: [n for n in names if n.count("/")] or names for city, names in found.items()}
    modern = {city: [n for n in names if not n.startswith(_OLD)] or names for city, names in tidy.items()}
    return modern | whole


_OLD = ("Etc/", "US/", "Canada/", "posix/", "right/", "Brazil/", "Mexico/", "Chile/")


def _day(word: str, whole: str) -> int:
    if word in ("1", "2", "3", "4", "5", "6", "7"):
        return int(word) - 1
    name = word[:2]
    if name not in _DAYS or not (len(word) == 2 or _FULL[_DAYS.index(name)].startswith(word.rstrip("s."))):
        raise Unreadable(f"“{whole[:40]}” are no days; write them as Mon, Tue, Wed or Mon-Fri")
    return _DAYS.index(name)


_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
