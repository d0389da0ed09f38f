"""`Sent from my iPhone`, as telephones and mail programs say it."""

from __future__ import annotations

import re

from emails.replies.footers import (
    BOASTS,
    BRANDS,
    EXCUSES,
    HAD,
    JOINED,
    JOINED_PRODUCTS,
    JOINED_SENT,
    MAILERS,
    MINE,
    PLAIN,
    PLATFORMS,
    PRODUCTS,
    SENT,
    SLIPS,
    SMALL,
    TOWARDS,
    TYPED,
)
from emails.replies.lines import is_bullet
from emails.replies.listings import folded

SHORTEST = 4  # characters
LONGEST = 12  # words
FEW = 6  # words after "sent from my"; a device may be followed by twice as many

_URL = re.compile(r"[<(\[]?(?:https?://|www\.|mailto:)[^\s>)\]]{1,2000}[>)\]]?")
_JOINED = re.compile("|".join(sorted(map(re.escape, JOINED), key=len, reverse=True)))
_UNLISTED = re.compile(r"Sent (from|with|via|using) ([A-Z][\w.-]{1,20}(?: (?:for|on|[A-Z][\w.-]{0,20}|\d{1,3})){0,3})")
_SPLIT = re.compile(r"\s+|(?<=\b[dl])['’]|(?<=מה)-|(?<=מ)-|(?<=ל)-")
_ENDS = re.compile(r"['’‘].*|[^\w&'’‘]+$")
_LINKED = str.maketrans("[]", "  ")
EDGES = " \t*_<>[]()~.,:!|-–—\"'“”„🌲📱"


def is_tagline(text: str) -> bool:
    """Is this whole line a telephone's or a program's, never a list item and never more than twelve words?"""
    if not SHORTEST <= len(text) <= 300 or is_bullet(text):
        return False
    body = " ".join(folded(_URL.sub(" ", text).translate(_LINKED).strip(EDGES)).split()).strip(EDGES)
    body = _excused(body)
    if not 0 < len(body) <= 100 or len(body.split()) > LONGEST:
        return False
    return (
        body in PLAIN
        or body.startswith(BOASTS)
        or _is_mine(body)
        or (body.startswith(TYPED) and any(slip in body for slip in SLIPS))
        or _is_made_of_names(body)
        or (max(body) > "\u2e80" and _is_joined(body))
    )


def is_unlisted_tagline(text: str) -> bool:
    """`Sent from Tempo` or `Sent with Anymail`: of a program nobody listed. For a line that stands alone."""
    found = _UNLISTED.fullmatch(_URL.sub(" ", text).strip(EDGES))
    return found is not None and (found[1] == "from" or "mail" in found[2].casefold() or "inbox" in found[2].casefold())


def _excused(body: str) -> str:
    """Without the sentence that asks to excuse what is short or misspelt, before or after."""
    sentence, _, excuse = body.partition(". ")
    if excuse.startswith(EXCUSES):
        return sentence
    excuse, _, sentence = body.replace(". ", ", ").partition(", ")
    return sentence if sentence and excuse.startswith(EXCUSES) else body


def _is_mine(body: str) -> bool:
    if not body.startswith(MINE):
        return False
    prefix = max((prefix for prefix in MINE if body.startswith(prefix)), key=len)
    rest = body[len(prefix) :].split()
    return len(rest) <= FEW or any(word.startswith(PRODUCTS) for word in rest[:2])


def _is_made_of_names(body: str) -> bool:
    """`Gesendet von Mail für Windows`, not `Sent by Orange on Monday` and not `Sent to Samsung`."""
    words = [_ENDS.sub("", word) for word in _SPLIT.split(body)]
    named = [word in BRANDS or word.startswith(PRODUCTS) for word in words]
    known = SENT | HAD | SMALL
    if True not in named or any(
        word.isalpha() and not (is_name or word in known) for word, is_name in zip(words, named, strict=True)
    ):
        return False
    return _comes_from(words, named.index(True)) or _is_to_be_had(words)


def _comes_from(words: list[str], product: int) -> bool:
    """Was it sent, and not there: `Enviado desde Gmail`, not `Enviado a Samsung`?"""
    sent = next((at for at, word in enumerate(words) if word in SENT), None)
    if sent is None:
        return False
    led = words[product - 1] if sent > product > 0 else words[min(sent + 1, len(words) - 1)]
    return led not in TOWARDS or "partir" in words


def _is_to_be_had(words: list[str]) -> bool:
    """`Get Outlook for iOS`, not `Get Outlook working`."""
    return not MAILERS.isdisjoint(words) and not (HAD.isdisjoint(words) or PLATFORMS.isdisjoint(words))


def _is_joined(body: str) -> bool:
    told = any(word in body for word in JOINED_SENT) and any(word in body for word in JOINED_PRODUCTS)
    return told and not any(map(str.isalpha, _JOINED.sub("", body)))
