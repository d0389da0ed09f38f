"""Where a program ran an answer and the older mail's header together in one line."""

from __future__ import annotations

import re
from itertools import islice

from emails.replies.blocks import runs_together
from emails.replies.clues import LONGEST, clues

MOST = 8  # places looked at in one line

_TITLE = re.compile(r"(?<!-)-{4,12} ?[^-\n]{4,40}-{4,12}")
_OPENING = re.compile(
    r"(?<=[^\W_]|[.!?)])(?:\s|-{2,4}\s?)(?=(?:On|Am|Le|El|Em|Il|Op|Den|Dne|Dnia|W dniu) (?:[\w.]{2,12},? ){0,2}\d)"
)


def parted(row: str) -> list[str]:
    """The line, or its two halves where the second is a header: `Done. On 4 Apr 2025 at 10:00, a@x.org wrote:`."""
    at = _titled(row) or _attributed(row)
    return [row[:at].rstrip(), row[at:].lstrip()] if at and row[:at].strip() else [row]


def _titled(row: str) -> int:
    if row.startswith(">"):
        return 0
    places = (found.start() for found in islice(_TITLE.finditer(row), MOST))
    return next((at for at in places if runs_together(row[at : at + LONGEST])), 0)


def _attributed(row: str) -> int:
    """A verb, a day and an address must all stand behind the seam, and no date or address before it."""
    if not 20 < len(row) <= LONGEST or not row.rstrip().endswith((":", "：")) or row.startswith(">"):
        return 0
    for found in islice(_OPENING.finditer(row), MOST):
        header = clues(row[found.end() :])
        said = row[: found.start()]
        if header.verb and header.day and header.address and "@" not in said and not clues(said).dated:
            return found.start()
    return 0
