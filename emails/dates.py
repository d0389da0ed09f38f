"""Days that people name in words: "Wednesday", "5. März", "3月5日", "2026-03-05", "tomorrow"."""

from collections.abc import Sequence
from datetime import date, timedelta

from emails.words import Word

FARTHEST = timedelta(days=370)


def day_in(found: Sequence[Word], today: date) -> date | None:
    """The one day that these words name, behind `today`; None unless they name one, and it is within a year."""
    named = _written(found) or _spelt(found, today) or _relative(found, today)
    return _ahead(named, today) if isinstance(named, date) else _of_parts(named, today) if named else None


def is_part(word: Word) -> bool:
    """Whether a word may stand in a date."""
    return word.kind in ("date", "number", "month", "weekday", "tomorrow", "day", "filler")


def _written(found: Sequence[Word]) -> tuple[int | None, int, int, str] | None:
    return next((word.value for word in found if word.kind == "date"), None)  # type: ignore[return-value]


def _spelt(found: Sequence[Word], today: date) -> date | None:
    """A month and the number beside it; a year, where there is one, is the number of four digits."""
    month = next((word.value for word in found if word.kind == "month"), None)
    numbers = [word.value for word in found if word.kind == "number"]
    day = next((number for number in numbers if isinstance(number, int) and 1 <= number <= 31), None)
    year = next((number for number in numbers if isinstance(number, int) and number > 31), None)
    if not isinstance(month, int) or day is None:
        return None
    return _on(year, month, day, today)


def _relative(found: Sequence[Word], today: date) -> date | None:
    if any(word.kind == "tomorrow" for word in found):
        return today + timedelta(days=1)
    weekday = next((word.value for word in found if word.kind == "weekday"), None)
    if not isinstance(weekday, int):
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _of_parts(parts: tuple[int | None, int, int, str], today: date) -> date | None:
    """With slashes, Americans put the month first; where both readings are days ahead, nobody can know."""
    year, first, second, between = parts
    if between == "-":
        return _ahead(_on(year, first, second, today), today)
    usual = _ahead(_on(year, second, first, today), today)
    american = _ahead(_on(year, first, second, today), today) if between == "/" else None
    if usual and american and usual != american:
        near = [each for each in (usual, american) if each - today <= timedelta(days=60)]
        return near[0] if len(near) == 1 else None
    return usual or american


def _on(year: int | None, month: int, day: int, today: date) -> date | None:
    """Without a year, the next time that it is that day."""
    try:
        found = date(year or today.year, month, day)
        return found.replace(year=found.year + 1) if year is None and found < today else found
    except ValueError:
        return None


def _ahead(day: date | None, today: date) -> date | None:
    return day if day and today < day <= today + FARTHEST else None
