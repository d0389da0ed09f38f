"""The words of commands, dates and vacation notes in some twenty languages, found in a text one after the other.

    list(words("Out until Wednesday!"))
    [Word("away", 0), Word("until", 0), Word("weekday", 2)]

The longest that fits wins, from the left. What is not in the table is a Word of the kind "other". Nothing here asks
which language it is: people mix them, and a word that means two things is found under its first meaning.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

PLAIN = ("pause", "stop", "resume", "away", "until", "through", "back", "day", "week", "tomorrow", "filler")
LISTS = {"days": "weekday", "months": "month"}
LONGEST = 24  # characters of a word in the table

_DATE = re.compile(
    r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)|(\d{1,2})([./-])(\d{1,2})(?:\5(\d{4}|\d{2}))?(?![\d])\.?"
)
_NUMBER = re.compile(r"\d{1,4}")
_OTHER = re.compile(r"\w+|[^\w\s]")


class Word(NamedTuple):
    """`value` is the number of a number, weekday (Monday is 0) or month (January is 1); of a date, its three parts."""

    kind: str
    value: object = 0


def words(text: str) -> Iterator[Word]:
    """Punctuation is left out. Time grows with the length of the text alone."""
    plain, place = _plain(text), 0
    while place < len(plain):
        if plain[place].isspace():
            place += 1
            continue
        found, place = _at(plain, place)
        if found:
            yield found


def is_made_of(text: str, kind: str) -> bool:
    """Whether a text has nothing in it but phrases of one kind: `thanks` or `auto`."""
    phrases, plain, place = _phrases(kind), _plain(text), 0
    while place < len(plain):
        longest = min(LONGEST, len(plain) - place)
        fitting = (n for n in range(longest, 0, -1) if plain[place : place + n] in phrases and _fits(plain, place, n))
        length = next(fitting, 0)
        if not length and plain[place].isalnum():
            return False
        place += length or 1
    return bool(plain.strip())


def begins_with(text: str, kind: str) -> bool:
    """Whether a text begins with a phrase of that kind, and then ends or goes on after a colon or a dash."""
    plain = _plain(text).strip()
    rests = (plain[len(each) :].lstrip() for each in _phrases(kind) if plain.startswith(each))
    return any(rest[:1] in ("", ":", "：", "-", "–", "(") for rest in rests)


def _at(plain: str, place: int) -> tuple[Word | None, int]:
    if date := _DATE.match(plain, place):
        return Word("date", _parts(date)), date.end()
    for length in range(min(LONGEST, len(plain) - place), 0, -1):
        found = _table().get(plain[place : place + length])
        if found and _fits(plain, place, length):
            return found, place + length
    if number := _NUMBER.match(plain, place):
        return Word("number", int(number[0])), number.end()
    other = _OTHER.match(plain, place)
    return (Word("other") if other and other[0][0].isalnum() else None), other.end() if other else place + 1


def _fits(plain: str, place: int, length: int) -> bool:
    """Words of alphabets end where letters do; those of scripts without spaces, and what ends in a mark, anywhere."""
    end = place + length
    last, after = plain[end - 1], plain[end : end + 1]
    return not (after.isalnum() and last.isalnum()) or _is_dense(last) or _is_dense(after)


def _is_dense(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _parts(date: re.Match[str]) -> tuple[int | None, int, int, str]:
    """(year or None, first, second, what stands between); first and second are month and day behind a year."""
    if date[1]:
        return int(date[1]), int(date[2]), int(date[3]), "-"
    year = int(date[7]) if date[7] else None
    return (year + 2000 if year is not None and year < 100 else year), int(date[4]), int(date[6]), date[5]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'")


@cache
def _table() -> dict[str, Word]:
    found: dict[str, Word] = {}
    for language in _languages().values():
        for name, kind in LISTS.items():
            start = 1 if kind == "month" else 0
            for value, phrases in enumerate(language[name], start):
                found |= {each: Word(kind, value) for each in _split(phrases) if each not in found}
    for language in _languages().values():
        numbers = _split(language["numbers"])
        found |= {each: Word("number", value) for value, each in enumerate(numbers, 1) if each not in found}
    for kind in PLAIN:
        for language in _languages().values():
            found |= {each: Word(kind) for each in _split(language[kind]) if each not in found}
    return found


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(each for language in _languages().values() for each in _split(language[kind]))


def _split(phrases: str) -> list[str]:
    return [_plain(each) for each in phrases.split("|") if each]


@cache
def _languages() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
