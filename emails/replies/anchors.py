"""Where a mail repeats what Postroom itself has sent: language-free, so the surest place to cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from emails.replies import intake
from emails.replies.clues import LONGEST, clues
from emails.replies.labels import label
from emails.replies.lines import Line, is_bullet

MOST = 300  # anchors, and characters of each
HITS = 1000  # places looked at for one anchor
SENTENCE = 15  # characters without spaces: a shorter phrase may as well be the author's own words

_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,200}@[^\s<>()\[\]\"',;:]{1,200}")


class Anchors:
    """The anchors found in some lines: `lines`, those that hold one, and `ends`, first line → last line of each."""

    def __init__(self, strings: Sequence[str], lines: list[Line]) -> None:
        self.ends: dict[int, int] = {}
        self.lines: set[int] = set()
        squeezed = [_squeezed(line.text) for line in lines]
        starts = [0, *accumulate(map(len, squeezed))]
        whole = "".join(squeezed)
        for anchor, token in _distinct(strings).items():
            for first, last in dict.fromkeys(_places(anchor, whole, starts)):
                if token or _counts(anchor, lines, first, last):
                    self._note(first, last)

    def _note(self, first: int, last: int) -> None:
        self.ends[first] = max(last, self.ends.get(first, last))
        self.lines.update(range(first, last + 1))

    def __bool__(self) -> bool:
        return bool(self.ends)


def _distinct(strings: Sequence[str]) -> dict[str, bool]:
    """Anchor without white space → is it a token, which counts wherever it stands.

    Addresses count apart from the names around them, which mail programs rewrite. List items are no anchors: people
    answer by copying them.
    """
    parts = [part[:MOST] for text in strings[:MOST] for part in intake.clean(text).split("\n") if not is_bullet(part)]
    found = {_squeezed(part): _is_token(part.strip()) for part in parts}
    found |= {_squeezed(address): True for part in parts for address in _ADDRESS.findall(part)}
    return {anchor: token for anchor, token in found.items() if len(anchor) > 2}


def _is_token(part: str) -> bool:
    if " " in part:
        return False
    return "@" in part or "://" in part or (len(part) >= 16 and part.isascii() and any(map(str.isdigit, part)))


def _places(anchor: str, whole: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    at = whole.find(anchor)
    for _ in range(HITS):
        if at < 0:
            return
        yield bisect_right(starts, at) - 1, bisect_right(starts, at + len(anchor) - 1) - 1
        at = whole.find(anchor, at + len(anchor))


def _counts(anchor: str, lines: list[Line], first: int, last: int) -> bool:
    """A sentence counts where it is the line, a name only in a line that a program wrote."""
    held = [line.text for line in lines[first : last + 1] if not line.blank]
    if len(held) > 4 or is_bullet(held[0]) or sum(map(len, held)) > 4 * LONGEST:
        return False
    if len(anchor) >= SENTENCE and len(anchor) * 5 >= sum(len(_squeezed(text)) for text in held) * 3:
        return True
    return any(_written_by_program(text) for text in _surroundings(lines, first, last))


def _surroundings(lines: list[Line], first: int, last: int) -> Iterator[str]:
    """The line itself, then with up to two lines above and below: headers are wrapped."""
    while first > 0 and last - first < 2 and not lines[first - 1].blank and not is_bullet(lines[first - 1].text):
        first -= 1
    for end in range(last, min(last + 3, len(lines))):
        if end > last and (lines[end].blank or is_bullet(lines[end].text)):
            return
        yield " ".join(line.text.strip() for line in lines[first : end + 1])


def _written_by_program(text: str) -> bool:
    seen = clues(text)
    return label(text) is not None or seen.bracketed or (seen.day and seen.colon) or (seen.verb and seen.colon)


def _squeezed(text: str) -> str:
    return "".join(text.lstrip("> \t|").split()).casefold()
