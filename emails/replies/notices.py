"""Legal notices, virus scanners' boasts and mailing lists' advice, which nobody wrote."""

from __future__ import annotations

from emails.replies.footers import BOASTS, LEGAL_KERNELS, LEGAL_LENGTH, LEGAL_OPENINGS
from emails.replies.lines import is_bullet

SHORTEST = 8  # characters of its first line
MOST = 8  # lines a notice may have

_EDGES = " *_~-=[]()<>\"'#"


def notice_at(texts: list[str]) -> int | None:
    """Index of the line where the notice that ends these non-blank lines begins."""
    for at in range(len(texts) - 1, max(len(texts) - MOST - 1, -1), -1):
        if is_bullet(texts[at]):
            return None
        if len(texts[at]) >= SHORTEST and is_notice(texts[at:]) and all(len(text) > 40 for text in texts[at + 1 : -1]):
            return at
    return None


def is_notice(texts: list[str]) -> bool:
    """Do these lines, as one paragraph, begin and speak as lawyers and programs do?"""
    whole = " ".join(text[:600] for text in texts[:MOST]).casefold().strip(_EDGES)
    if whole.startswith(BOASTS):
        return True
    weight = len(whole.encode()) if not whole.isascii() else len(whole)
    return (
        weight >= LEGAL_LENGTH and whole.startswith(LEGAL_OPENINGS) and any(kernel in whole for kernel in LEGAL_KERNELS)
    )
