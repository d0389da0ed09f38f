"""The header old Lotus Notes writes: whose mail and when, then `To`, `cc` and `Subject` alone on their lines."""

from __future__ import annotations

from emails.replies import labels
from emails.replies.clues import clues
from emails.replies.labels import KINDS
from emails.replies.lines import Line
from emails.replies.listings import folded

REACH = 16  # lines from the sender's to the subject's


def stack_at(lines: list[Line], start: int) -> int | None:
    """Last line of the stack that begins here, the subject's value included; None where none does."""
    if not _is_dated(lines, start):
        return None
    seen: dict[str, int] = {}
    for at in range(start + 1, min(start + REACH, len(lines))):
        kind = KINDS.get(folded(lines[at].text.strip())) if lines[at].theirs and len(lines[at].text) < 30 else None
        if kind in {labels.TO, labels.COPIED, labels.SUBJECT}:
            seen.setdefault(kind, at)
    if labels.TO not in seen or labels.SUBJECT not in seen or seen[labels.SUBJECT] < seen[labels.TO]:
        return None
    return min(seen[labels.SUBJECT] + 1, len(lines) - 1)


def _is_dated(lines: list[Line], start: int) -> bool:
    """A date and a time by themselves: in the line below the sender's, or right of him."""
    rows = [clues(line.text) for line in lines[start : start + 2]]
    dated = next((row for row in rows if row.day and row.time), None)
    sender = rows[0].address or rows[0] is not dated
    return dated is not None and sender and not dated.verb and not dated.colon and _is_short(lines[start])


def _is_short(line: Line) -> bool:
    return 0 < len(line.text.split()) <= 8
