"""Legal notices, virus scanners' boasts and mailing lists' advice, which nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from emails.replies.legalese import (
    ALARMS,
    BOASTS,
    COMPANY,
    LEGAL_HINTS,
    LEGAL_KERNELS,
    LEGAL_LENGTH,
    LEGAL_OPENINGS,
    SCANNERS,
    TREES,
)
from emails.replies.lines import is_bullet

SHORTEST = 8  # characters of its first line
MOST = 8  # lines a notice may have
BRIEF = 220  # characters of a plea for the trees

_COMPANY = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, COMPANY)) + r")")
_ORNAMENT = re.compile(r"(?:[\W_]|[pèv] (?=\w)){0,12}")  # in Webdings `P` is a tree and `è` an arrow


def notice_at(texts: list[str], apart: Sequence[bool]) -> int | None:
    """Index of the line where the notice that ends these non-blank lines begins.

    `apart` says of each line whether a blank one stands above it.
    """
    for at in range(len(texts) - 1, max(len(texts) - MOST - 1, -1), -1):
        if is_bullet(texts[at]):
            return None
        if len(texts[at]) >= SHORTEST and is_notice(texts[at:]) and all(len(text) > 40 for text in texts[at + 1 : -1]):
            return _paragraph_start(texts, apart, at)
    return None


def is_notice(texts: list[str]) -> bool:
    """Do these lines, as one paragraph, begin and speak as lawyers and programs do?"""
    whole = " ".join(text[:600] for text in texts[:MOST]).casefold()
    whole = whole[_ORNAMENT.match(whole).end() :]  # type: ignore[union-attr]  # it matches nothing, too
    if whole.startswith(BOASTS) or _pleads(whole) or _names_scanner(whole):
        return True
    weight = len(whole.encode()) if not whole.isascii() else len(whole)
    return weight >= LEGAL_LENGTH and (_speaks_law(whole) or _is_imprint(whole))


def _paragraph_start(texts: list[str], apart: Sequence[bool], at: int) -> int:
    """A line in the midst of a notice may begin like one; the topmost of its paragraph that does counts."""
    start = at
    while at > 0 and not apart[at] and not is_bullet(texts[at - 1]):
        at -= 1
        start = at if is_notice(texts[at:]) else start
    return start


def _speaks_law(whole: str) -> bool:
    kernels, hints = _count(LEGAL_KERNELS, whole), _count(LEGAL_HINTS, whole)
    if whole.startswith(LEGAL_OPENINGS):
        return kernels > 0 or hints > 3
    return kernels > 0 and kernels + hints > (2 if whole.startswith(ALARMS) else 4)


def _is_imprint(whole: str) -> bool:
    """Two particulars of a firm, and a number: of the register, the house, the tax."""
    return any(map(str.isdigit, whole)) and len(set(_COMPANY.findall(whole))) > 1


def _pleads(whole: str) -> bool:
    return len(whole) <= BRIEF and all(any(word in whole for word in words) for words in TREES)


def _names_scanner(whole: str) -> bool:
    return len(whole.split()) <= 6 and any(name in whole for name in SCANNERS)


def _count(words: Sequence[str], whole: str) -> int:
    return sum(word in whole for word in words)
