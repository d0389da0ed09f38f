"""Lines that a mark at their beginning shows to be quoted, and those that only look so."""

from __future__ import annotations

import re
from collections import Counter

from emails.replies.lines import QUOTE, Line, is_bullet

_COMPARISON = re.compile(r">\s?=?\s?\d|>From |>.*<$")
_OPEN_LINK = re.compile(r"[(<]https?://[^\s()<>]{1,300}$")  # a link that goes on in the next line
_INITIALS = re.compile(r"\s{0,3}([A-Za-z]{1,4})>+(?:\s|$)")


def mark_prefixed(lines: list[Line]) -> None:
    """Marks `> text` and, where several lines have them, initials (`AL> text`)."""
    _fence(lines)
    initials = Counter(found[1] for line in lines if (found := _INITIALS.match(line.text)))
    for at, line in enumerate(lines):
        found = _INITIALS.match(line.text)
        signed = bool(found and initials[found[1]] > 1)
        marked = line.text.lstrip()[:1] in {">", "＞"} and not _is_comparison(lines, at)
        if not line.fenced and (signed or (marked and not _closes_address(lines, at))):
            line.kind = line.kind or QUOTE


def mark_spills(lines: list[Line]) -> None:
    """The tail of a long quoted line that some program wrapped without a `>`."""
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if above.kind == QUOTE == below.kind and line.theirs and _is_spill(above.text, line.text.strip()):
            line.kind = QUOTE


def _fence(lines: list[Line]) -> None:
    """Code between two lines of ``` is the author's, whatever it looks like."""
    fences = [at for at, line in enumerate(lines) if line.text.startswith("```") and line.theirs]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        for line in lines[first : last + 1]:
            line.fenced = True


def _is_comparison(lines: list[Line], at: int) -> bool:
    """A lone `>50 % done`, `>>> look <<<` or mbox's `>From here`, without quoted neighbours, is the author's."""
    neighbours = lines[max(at - 1, 0) : at] + lines[at + 1 : at + 2]
    alone = not any(line.text.lstrip().startswith(">") for line in neighbours)
    return alone and bool(_COMPARISON.match(lines[at].text.lstrip()))


def _closes_address(lines: list[Line], at: int) -> bool:
    """`<ada@x.example` in one line, `> wrote:` in the next: that `>` is half of an address that was wrapped."""
    above = lines[at - 1].text[-200:] if at and not lines[at - 1].kind else ""
    return "@" in above[above.rfind("<") :] and above.rfind("<") > above.rfind(">") and len(lines[at].text) < 100


def _is_spill(above: str, text: str) -> bool:
    long = len(above) >= 68 and above.startswith(">") and above.rstrip()[-1:] not in ".?!:;"
    if _OPEN_LINK.search(above[-400:]) and len(text) < 100 and " " not in text and text.endswith((")", ">")):
        return True
    return long and 0 < len(text) <= 30 and text[0].islower() and not is_bullet(text)
