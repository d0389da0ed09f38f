"""Whom a text names: `@Grace`, or `@Grace Hopper` where there are two of that first name."""

import re
from collections.abc import Iterable

_AT = re.compile(r"(?<![\w.])@(\w[\w'’-]*(?: \w[\w'’-]*)?)")


def mentioned(text: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """The ids among `(id, name)` whom the text names; of a first name that several have, nobody."""
    known = [(number, name.casefold()) for number, name in people]
    found = (_one(words.casefold(), known) for words in _AT.findall(text))
    return list(dict.fromkeys(number for number in found if number))


def _one(words: str, known: list[tuple[int, str]]) -> int | None:
    whole = [number for number, name in known if words == name]
    first = [number for number, name in known if words.split()[0] == name.split()[0]]
    return whole[0] if len(whole) == 1 else first[0] if len(first) == 1 else None
