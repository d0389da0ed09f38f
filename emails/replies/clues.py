"""What in a line tells that a mail program wrote it: a date, an address, the word "wrote"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from emails.replies.listings import folded
from emails.replies.phrases import JOINED_VERBS, OPENINGS, VERBS

LONGEST = 400  # characters; no mail program writes a longer line above a quote

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)[0-9]{2}(?!\d)")
_DAY = re.compile(
    r"[0-9]{1,2}月\s?[0-9]{1,2}日|[0-9]월|(?<!\d)[0-9]{1,4}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{2,4}(?!\d)"
)
_TIME = re.compile(r"(?<!\d)[0-9]{1,2}(?:[:：]|h|時)[0-9]{2}(?!\d)")
_ADDRESS = re.compile(r"[^\s@<>()]@[\w-]{1,63}\.?\w")
_BRACKETED = re.compile(r"[<(\[＜]\s?\S{1,200}@\S{1,200}\s?[>)\]＞]")
_VERBS = frozenset(VERBS)
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile("[0-9]")
_OPENING = re.compile("(?:" + "|".join(sorted(map(re.escape, OPENINGS), key=len, reverse=True)) + r")(?:\W|$|(?=\d))")
_OURSELVES = re.compile(r"(?<!\w)(?:(?:i|we|you|ich|wir|j'ai|nous avons) (?:wrote|schrieb|écrit)|schrieb ich)(?!\w)")
_DIGITS = {ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙")}
EDGES = "*_> \t|\"'“”‹›«»-–—="
EDGES_BELOW = "*_ \t|\"'“”‹›«»-–—="


class Clues(NamedTuple):
    """What one line, or a few joined, say of themselves."""

    day: bool = False
    time: bool = False
    address: bool = False
    bracketed: bool = False
    verb: bool = False
    opens: bool = False
    colon: bool = False

    @property
    def dated(self) -> bool:
        return self.day or self.time


NOTHING = Clues()


@lru_cache(1000)
def clues(text: str) -> Clues:
    """The clues of a line of at most LONGEST characters; a longer one has none."""
    low = plain(text)
    if not 2 < len(low) <= LONGEST:
        return NOTHING
    numbered = bool(_DIGIT.search(low))
    return Clues(
        day=numbered and bool(_YEAR.search(low) or _DAY.search(low)),
        time=numbered and bool(_TIME.search(low)),
        address="@" in low and bool(_ADDRESS.search(low)),
        bracketed="@" in low and bool(_BRACKETED.search(low)),
        verb=_has_verb(low),
        opens=bool(_OPENING.match(low)),
        colon=low.endswith((":", "：")),
    )


def _has_verb(low: str) -> bool:
    """The verb never comes first, except in scripts written from right to left: "Wrote to Ada:" is no header."""
    words = _WORD.findall(low)[low[0] < "\u0590" :]
    joined = not low.isascii() and any(verb in low for verb in JOINED_VERBS)
    return joined or (not _VERBS.isdisjoint(words) and not _OURSELVES.search(low) and not _goes_on(low))


def _goes_on(low: str) -> bool:
    """In English nothing but a date, or who to, stands after the verb: "Ada wrote the docs for:" is a sentence."""
    _, verb, after = low.rpartition("wrote ")
    return bool(verb) and any(map(str.isalpha, after)) and not (_DIGIT.search(after) or "@" in after)


def plain(text: str) -> str:
    """Folded case, European digits, no emphasis at the edges."""
    low = folded(text.lstrip(EDGES).rstrip(EDGES_BELOW))
    return low if low.isascii() else low.translate(_DIGITS)
