"""The line above a quote: "On 1 May 2024 at 10:00, Ada <ada@x.org> wrote:", whole or broken over up to four lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emails.replies.clues import LONGEST, Clues, clues
from emails.replies.lines import Line, is_bullet

WINDOW = 4
_VERB_FIRST = re.compile(r"\s{0,3}[^\W\d_]{3,20} -{2,4}\s*$")  # Zoho's `… wrote ----`, wrapped before the verb
_STARRED = re.compile(r"\s{0,3}\* [^<>]{0,80}<[^<>\s]{1,200}@[^<>\s]{1,200}> [\[(]")  # Mutt's `* Ada <a@x> [date]:`
SOONER = 16  # the same where the header does not end in a colon, and might be any sentence
OPENING = 40  # characters within which a header has said how it begins: with "On", with a date, with a name


@dataclass(frozen=True, slots=True)
class Head:
    """A header found: its last line, what it is called, and whether it stands on its own evidence."""

    end: int
    kind: str
    sure: bool
    final: bool = False  # nothing below it can be the author's


def attributions(lines: list[Line]) -> dict[int, tuple[int, bool]]:
    """First line → (last line, sure) of every attribution among the lines nobody has claimed yet."""
    found: dict[int, tuple[int, bool]] = {}
    for end, line in enumerate(lines):
        head = _ending_at(lines, end) if line.theirs and _may_end(lines, end) else None
        if head and not _heads_list(lines, head[0], end):
            found[_with_name(lines, head[0])] = (end, head[1])
    return found


def _with_name(lines: list[Line], start: int) -> int:
    """A header's name, or name and address, may be the line above, if that stands alone."""
    if start < 2 or not lines[start - 1].theirs or not lines[start - 2].blank:
        return start
    above = lines[start - 1].text
    if lines[start].text.lstrip().startswith("<"):
        return start - 1 if 0 < len(above.split()) <= (8 if clues(above).opens else 5) else start
    named = clues(above).bracketed and not above.rstrip().endswith((":", ".")) and len(above.split()) <= 8
    return start - 1 if named and "@" not in lines[start].text else start


def _heads_list(lines: list[Line], start: int, end: int) -> bool:
    """A dated sentence right above list items, naming no address, is its author's own."""
    below = lines[end + 1].text if end + 1 < len(lines) and lines[end + 1].theirs else ""
    return is_bullet(below) and not any("@" in line.text for line in lines[start : end + 1])


def _may_end(lines: list[Line], end: int) -> bool:
    """A header ends in a colon; without one it has to hold a verb, or an address right above a quote."""
    text = lines[end].text
    if not 2 < len(text) <= LONGEST:
        return False
    tail = text.rstrip(" \t*_>")[-1:]
    if tail in {":", "："} or (tail == "-" and _VERB_FIRST.match(text)):
        return True
    if not ("@" in text or tail == "-" or tail > "\u0590"):
        return False
    return clues(text).verb or ("@" in text and _stands_above_quote(lines, end))


def _ending_at(lines: list[Line], end: int) -> tuple[int, bool] | None:
    """The shortest window that reads as a whole header, else the shortest that a quote right below confirms."""
    above_quote = _stands_above_quote(lines, end)
    fallback = None
    for start in range(end, max(end - WINDOW, -1), -1):
        if not _joins(lines[start].text, last=start == end) or not lines[start].theirs:
            break
        text = " ".join(line.text.strip() for line in lines[start : end + 1])
        whole = clues(text)
        if _reads_whole(whole, text, lines[start].text):
            fallback = start, whole.bracketed or (whole.day and whole.verb)
            if whole.day:
                break
        elif fallback is None and _reads_partly(whole, above_quote):
            fallback = start, above_quote
    return fallback


def _joins(text: str, last: bool) -> bool:
    """Could this line be part of a header: not blank, no list item, no end of a sentence before the last line."""
    body = text.strip()
    if not body or len(body) > LONGEST:
        return False
    if is_bullet(body) and not (body[0].isdigit() or _STARRED.match(body)):
        return False
    if last:
        return True
    return not body.endswith((":", "：", "!", "?", "。")) and (not body.endswith(".") or any(map(str.isdigit, body)))


def _reads_whole(whole: Clues, text: str, first: str) -> bool:
    """A verb and a date; or, in languages that say it without a verb, a date and an address in their places."""
    if whole.verb and whole.dated and not whole.colon:
        return whole.address and _begins(first[:SOONER])
    if whole.verb and whole.dated:
        return _begins(first) or (whole.day and (whole.bracketed or _is_short(text)))
    if not (whole.colon and whole.address and whole.day):
        return False
    ends = _ends_in_address(text)
    return (_begins(first) or ends) if whole.bracketed else (ends and _begins(first))


def _begins(first: str) -> bool:
    opening = clues(first[:OPENING])
    return opening.opens or opening.dated


def _is_short(text: str) -> bool:
    """A name, a verb and a date make few words; more are a sentence."""
    return len(text.split()) <= 12


def _ends_in_address(text: str) -> bool:
    last = text.rstrip(" :：*_").split(" ")[-1]
    return "@" in last or last in {">", ")", "]"}


def _reads_partly(whole: Clues, above_quote: bool) -> bool:
    if not above_quote:
        return whole.verb and whole.bracketed and whole.colon
    return (whole.bracketed and (whole.dated or whole.verb)) or (
        whole.colon and (whole.verb or whole.bracketed or _is_dated(whole))
    )


def _is_dated(whole: Clues) -> bool:
    return (whole.dated and whole.opens) or (whole.day and whole.time)


def _stands_above_quote(lines: list[Line], end: int) -> bool:
    below = next((line for line in lines[end + 1 : end + 5] if not line.blank), None)
    return below is not None and (below.kind == "quote" or below.boxed)
