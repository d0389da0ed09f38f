"""What changed between two texts, line by line, with the words that differ."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

AROUND = 2  # unchanged lines shown on either side
LONGEST = 2_000  # lines compared of a text: the time grows with their square


class Change(NamedTuple):
    """A line: `kind` is "same", "gone", "new" or "skipped"."""

    kind: str
    line: str


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[Change]]:
    """`{part: its lines}` of the parts that differ."""
    return {part: list(_changes(before[part], after[part])) for part in before if before[part] != after[part]}


def _changes(before: str, after: str) -> Iterator[Change]:
    old, new = (text.splitlines()[:LONGEST] for text in (before, after))
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        if group[0][1]:
            yield Change("skipped", "…")
        for what, a, b, c, d in group:
            yield from _told(what, old[a:b], new[c:d])


def _told(what: str, old: list[str], new: list[str]) -> Iterator[Change]:
    if what == "equal":
        yield from (Change("same", line) for line in old)
        return
    yield from (Change("gone", line) for line in old)
    yield from (Change("new", line) for line in new)
