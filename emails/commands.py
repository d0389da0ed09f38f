"""What people ask of us by mail instead of answering: `pause 3 days`, `out until Wednesday`, `stop`, in their language.

A command is the only line of a mail and has no other word in it, so that "Out with customers until three" stays an
answer. A vacation note is read the other way round: anything may stand in it, and a day counts where it says until.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from emails.dates import day_in, is_part
from emails.words import Word, words

LONGEST = 80  # characters of a command
NOTE = 4_000  # characters of a vacation note that are read
NEAR = 3  # words between a day and its "until"


class Verb(StrEnum):
    PAUSE = "pause"  # for good when there is no day
    STOP = "stop"
    RESUME = "resume"


class Command(NamedTuple):
    """`until` is the first day on which they want to be asked again."""

    verb: Verb
    until: date | None = None


def command(text: str, first: date) -> Command | None:
    """The command that a mail is, or None. `first` is the first day on which they have not been asked yet."""
    line = text.strip()
    if not line or len(line) > LONGEST or "\n" in line:
        return None
    found = list(words(line))
    kinds = {word.kind for word in found} - {"filler"}
    if kinds == {"stop"} or kinds == {"resume"}:
        return Command(Verb.STOP if "stop" in kinds else Verb.RESUME)
    return _pause(found, kinds, first) if "other" not in kinds and kinds & {"pause", "away"} else None


def away_until(note: str, today: date) -> date | None:
    """The first day that a vacation note says they are back on, where it says so; the last one of several."""
    found = [word for word in words(note[:NOTE]) if word.kind != "filler"]
    days = [day for start, end in _runs(found) if (day := _end_of(found, start, end, today))]
    return max(days, default=None)


def _pause(found: Sequence[Word], kinds: set[str], first: date) -> Command | None:
    number = next((word.value for word in found if word.kind == "number"), 1)
    unit = 7 if "week" in kinds else 1
    if kinds & {"day", "week"} and not kinds & {"month", "until", "date"} and isinstance(number, int):
        return Command(Verb.PAUSE, first + timedelta(days=number * unit)) if number <= 366 else None
    if until := day_in(found, first - timedelta(days=1)):
        told = "until" in kinds or "through" in kinds or "pause" in kinds
        return Command(Verb.PAUSE, until + timedelta(days="through" in kinds)) if told else None
    return Command(Verb.PAUSE) if kinds == {"pause"} else None


def _runs(found: Sequence[Word]) -> list[tuple[int, int]]:
    """Where words of dates stand together: `[(start, end)]`, the end behind them."""
    runs: list[tuple[int, int]] = []
    for place, word in enumerate(found):
        if is_part(word):
            start = runs.pop()[0] if runs and runs[-1][1] == place else place
            runs.append((start, place + 1))
    return runs


def _end_of(found: Sequence[Word], start: int, end: int, today: date) -> date | None:
    around = {word.kind for word in [*found[max(0, start - NEAR) : start], *found[end : end + NEAR]]}
    day = day_in(found[start:end], today)
    if day is None or not around & {"until", "through", "back", "resume"}:
        return None
    return day + timedelta(days="through" in around)
