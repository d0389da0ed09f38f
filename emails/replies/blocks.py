"""Header blocks (`From: … Sent: … To: … Subject: …`) and the dashed lines mail programs draw between two mails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from emails.replies import labels
from emails.replies.clues import clues
from emails.replies.labels import label
from emails.replies.lines import Line, is_bullet
from emails.replies.listings import folded, made_of
from emails.replies.phrases import BEGINNINGS, FORWARD_STEMS, FORWARDS, MARKERS, ORIGINALS

REACH = 24  # lines a header block may be long, wrapped recipients included
WRAPS = 8  # lines one label's value may wrap over


@dataclass(frozen=True, slots=True)
class Block:
    """Labelled lines: the last of them, whether they are a mail's header at all, and whether that is beyond doubt."""

    end: int
    proven: bool
    sure: bool


_RULES = "-_=*—–─~＿－#</\\|+ \t‐‑‒―"
_PHRASES = (("forwarded", frozenset(FORWARDS)), ("original", frozenset(ORIGINALS)))
_GROUPWISE = re.compile(r">>> [^>]{0,100}(?:<[^<>\s]{1,200}>)? [\d/.]{6,10} [\d:]{4,8}(?: [AP]M)? >>>\s*$")
_LABELLED = re.compile(r"[*_]{0,2}[^\W\d_][\w .'-]{1,24}[*_]{0,2}\s?[:：]")
_INNER = re.compile(r"(?<=[\s>])[*_]{0,2}[^\W\d_][\w-]{1,12}[*_]{0,2}\s?[:：]\s")
_TITLED = re.compile(r"-{4,12}\s?([^-]{4,40})-{4,12}\s?(\S.*)")
_MARKERS = frozenset(MARKERS)
_FORWARDING = frozenset(word for phrase in (*FORWARDS, *BEGINNINGS) for word in phrase.split())
_ADDRESSED = re.compile(r"@[^\s@]{1,200}\s*(?:$|[;,<(\[])")


def block_at(lines: list[Line], start: int, anchored: bool = False) -> Block | None:
    """The header block that begins here: two labels or more, one with an address or a date; None if no label does.

    `anchored` says that a line of it holds what only Postroom could have sent: one label is enough then.
    """
    if label(lines[start].text) is None:
        return None
    rows = _rows(lines, start)
    kinds = {kind for kind, _, _ in rows}
    proven = anchored or _is_header(rows, kinds)
    return Block(rows[-1][2], proven, anchored or len(kinds) > 2)


def _is_header(rows: list[tuple[str, str, int]], kinds: set[str]) -> bool:
    """Two labels of different sorts, and proof: an address, if the sender's label or all but his are missing."""
    proofs = {kind for kind, value, _ in rows if _proves(kind, value, labels.SUBJECT in kinds)}
    if labels.FROM not in kinds:
        dated = kinds == {labels.SENT, labels.TO} == proofs and clues(rows[0][1]).day and clues(rows[0][1]).time
        return dated or (len(kinds - {labels.OTHER}) > 2 and bool(proofs - {labels.SENT}))
    if kinds <= {labels.FROM, labels.TO}:
        return len(kinds) == 2 and labels.FROM in proofs
    return bool(proofs)


def rule_at(lines: list[Line], at: int) -> str | None:
    """What a drawn line announces: "original", "forwarded", "marker", or None.

    "rule" is one that says nothing, "title" one whose words nobody listed: a header block below either tells.
    """
    body = lines[at].text.strip()
    if runs_together(body) or _is_label_run(body):
        return "original"
    if not body or len(body) > 120:
        return None
    core = body.strip(_RULES)
    if len(core) < 4:
        return "rule" if len(body) >= 20 and not core else None
    drawn = body[0] in _RULES and body[1] in _RULES
    return _announces(" ".join(folded(core.strip(" :：.")).split()), drawn, lines, at)


def _announces(core: str, drawn: bool, lines: list[Line], at: int) -> str | None:
    if _is_marker(core, drawn) or (core.startswith(MARKERS) and _is_ruled(lines, at)):
        return "marker"
    for name, phrases in _PHRASES:
        if core in phrases or (drawn and len(core) < 80 and any(phrase in core for phrase in phrases)):
            return name if drawn or _labels_follow(lines, at) else None
    if made_of(core, _FORWARDING) and any(stem in core for stem in FORWARD_STEMS) and _labels_follow(lines, at):
        return "forwarded"
    ruled = drawn and lines[at].text.rstrip()[-2:].strip(_RULES) == ""
    if ruled and len(core.split()) <= 12 and clues(core).verb:
        return "original"  # `---- Ada wrote ----`
    return "title" if drawn and lines[at].text.rstrip()[-1] in _RULES and len(core.split()) <= 6 else None


def is_drawn(text: str) -> bool:
    """A line of nothing but dashes and their like."""
    return len(text) > 3 and not text.strip(_RULES)


def marked_head(lines: list[Line], at: int) -> int | None:
    """Last of the `>` lines from here on, if they are no more than a header: Orange's, Centrum's, GroupWise's."""
    if _GROUPWISE.match(lines[at].text[:400]):
        return at
    run = [
        line.text.lstrip("> \t") for line in takewhile(lambda line: line.text.startswith(">"), lines[at : at + REACH])
    ]
    bare = [Line(text) for text in run if text]
    first = next((n for n, line in enumerate(bare[:2]) if label(line.text)), None)
    block = block_at(bare, first) if first is not None else None
    return at + len(run) - 1 if block and block.proven and block.end == len(bare) - 1 else None


def runs_together(body: str) -> bool:
    """`---- Original message ----From: … Date: …`, all in one line, as Samsung's program writes it."""
    found = _TITLED.match(body[:400])
    return bool(
        found
        and " ".join(folded(found[1].strip()).split()) in (*ORIGINALS, *FORWARDS)
        and label(found[2])
        and clues(found[2]).address
    )


def _is_label_run(body: str) -> bool:
    """`From: … Date: …` in one line: an address and a date, or two labels more."""
    first = label(body[:400])
    if not first or first[0] not in {labels.FROM, labels.SENT} or not clues(first[1]).address:
        return False
    inner = [found for at in _INNER.finditer(first[1]) if (found := label(first[1][at.start() :]))]
    kinds = {kind for kind, _ in (first, *inner)}
    dated = any(kind == labels.SENT and clues(value).time for kind, value in (first, *inner))
    return labels.FROM in kinds and (len(kinds) > 2 or (len(kinds) > 1 and dated))


def _is_ruled(lines: list[Line], at: int) -> bool:
    return any(is_drawn(line.text) for line in lines[max(at - 1, 0) : at + 2])


def _is_marker(core: str, drawn: bool) -> bool:
    core = core.removeprefix("please ").removeprefix("bitte ")
    return core in _MARKERS or (drawn and any(phrase in core for phrase in MARKERS))


def _labels_follow(lines: list[Line], at: int) -> bool:
    below = [line for line in lines[at + 1 : at + 6] if not line.blank][:1]
    return bool(below) and (label(below[0].text) is not None or clues(below[0].text).bracketed)


def _rows(lines: list[Line], start: int) -> list[tuple[str, str, int]]:
    """(kind, value, line number) of each label of the block; a wrapped value is part of the label above it."""
    rows: list[tuple[str, str, int]] = []
    last = start - 1
    for at in range(start, min(start + REACH, len(lines))):
        found = label(lines[at].text) if lines[at].theirs else None
        if found and at - last <= WRAPS + 1:
            rows = _joined(rows, lines[last + 1 : at])
            rows.append((*found, at))
            last = at
        elif not _may_wrap(lines[at], bool(rows) and not rows[-1][1]):
            break
    return _with_tail(rows, lines, last)


def _joined(rows: list[tuple[str, str, int]], wrapped: list[Line]) -> list[tuple[str, str, int]]:
    if not rows or not wrapped:
        return rows
    kind, value, at = rows[-1]
    return [*rows[:-1], (kind, " ".join([value, *(line.text.strip() for line in wrapped)]), at)]


def _with_tail(rows: list[tuple[str, str, int]], lines: list[Line], last: int) -> list[tuple[str, str, int]]:
    """The last label's value, if it stands on the line below its label."""
    kind, value, _ = rows[-1]
    below = last + 1
    if not value and below < len(lines) and not lines[below].blank:
        return [*rows[:-1], (kind, lines[below].text.strip(), below)]
    return rows


def _may_wrap(line: Line, empty: bool) -> bool:
    """Blank lines, wrapped recipients and labels nobody listed lie between labels; list items and quotes do not."""
    text = line.text.strip()
    if not line.theirs or is_bullet(text):
        return False
    if _LABELLED.match(text):
        return True
    return not text or empty or line.text[:1] in " \t" or any(sign in text for sign in "@;") or text.endswith(",")


def _proves(kind: str, value: str, subject: bool) -> bool:
    """An address that ends its value, or a date: a bare day, as people write it too, only beside a subject."""
    seen = clues(value[:300])
    if kind == labels.SENT:
        return seen.time or (seen.day and (subject or len(value) > 14))
    return kind in {labels.FROM, labels.TO, labels.COPIED} and seen.address and bool(_ADDRESSED.search(value[:300]))
