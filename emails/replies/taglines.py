"""`Sent from my iPhone`, as telephones and mail programs say it."""

from __future__ import annotations

import re

from emails.replies.footers import EXCUSES, GETTING, MINE, PLATFORMS, PRODUCTS, SENDINGS, SENT_LAST, SMALL
from emails.replies.lines import is_bullet
from emails.replies.listings import folded

SHORTEST = 6  # characters
NEAR = 5  # words after "sent from" within which a device or program is named
FEW = 6  # words after "sent from my"

_URL = re.compile(r"[<(\[]?(?:https?://|www\.|mailto:)[^\s>)\]]{1,2000}[>)\]]?")


def is_tagline(text: str) -> bool:
    """Is this whole line a telephone's or a program's, never a list item and never more than ten words?"""
    if not SHORTEST <= len(text) <= 300 or is_bullet(text):
        return False
    body = " ".join(folded(_URL.sub(" ", text).strip(" \t*_<>[]()~.,!-–—\"'")).split())
    sentence, _, excuse = body.partition(". ")
    body = sentence if excuse.startswith(EXCUSES) else body
    if not 0 < len(body) <= 100 or len(body.split()) > 10:
        return False
    return _is_mine(body) or _names_product_after(body) or _names_product_before(body) or _advertises(body)


def _is_mine(body: str) -> bool:
    if not body.startswith(MINE):
        return False
    prefix = max((prefix for prefix in MINE if body.startswith(prefix)), key=len)
    return len(body[len(prefix) :].split()) <= FEW


def _names_product_after(body: str) -> bool:
    """`Sent with Proton Mail`, not `Sent with best wishes`."""
    if not body.startswith(SENDINGS):
        return False
    prefix = max((prefix for prefix in SENDINGS if body.startswith(prefix)), key=len)
    rest = body[len(prefix) :].split()
    return len(rest) <= FEW and any(name in " ".join(rest[:NEAR]) for name in PRODUCTS)


def _names_product_before(body: str) -> bool:
    """`iPhoneから送信`, `Outlook für iOS beziehen`, `Von meinem iPad gesendet`; not `Angebot an Yahoo gesendet`."""
    if not body.endswith(SENT_LAST):
        return body.startswith(("outlook for ", "outlook für ", "outlook voor ", "outlook pour ", "outlook para "))
    first = next((word for word in body.split() if word not in SMALL), "")
    return first.startswith(PRODUCTS) or any(name in first for name in PRODUCTS if not name.isascii())


def _advertises(body: str) -> bool:
    """`Get Outlook for iOS`, not `Get Outlook working on Android`."""
    return (
        body.startswith(GETTING)
        and "outlook" in " ".join(body.split()[:4])
        and body.endswith(PLATFORMS)
        and len(body.split()) <= FEW + 1
    )
