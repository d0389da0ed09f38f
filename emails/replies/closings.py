"""How a mail ends: a farewell with a name below it."""

from __future__ import annotations

import re

from emails.replies.cards import CARD, NAMES, first_part, is_contact, is_name, is_row, is_sentence, is_title
from emails.replies.farewells import FORMULAS, FROM_AFAR, KERNELS, REGARDS, THANKS
from emails.replies.lines import is_bullet
from emails.replies.listings import folded, listed, unaccented, unadorned
from emails.replies.taglines import is_tagline
from emails.replies.wishes import WISHES

_ASIDE = frozenset(listed("best | cheers | love | bye | ciao"))
_AND = re.compile(r" ?(?:[&+,/]|\b(?:und|and|et|y|e|og|och|en|i|и|та)\b) ?")
_TYPED = frozenset(unaccented(words) for words in REGARDS if " " in words or len(words) > 5)
_REPORTED = re.compile(r"[^\W\d_][\w ]{2,20}: \S")  # `Left: the docs`
_COMMAS = (",", "，", "、", "،")
_ENDS = (".", "!", "。")


def closing_at(texts: list[str], apart: list[bool]) -> int | None:
    """Index of the farewell that ends these non-blank lines, if what follows it is no more than a name or a card.

    `apart` says of each line whether a blank one stands above it.
    """
    if len(texts) > 1 and (apart[-1] or texts[-2].rstrip().endswith(_ENDS)) and _signs_off(texts[-1]):
        return len(texts) - 1
    for at in range(len(texts) - 1, max(len(texts) - CARD - 2, -1), -1):
        if is_bullet(texts[at]):
            return None
        kind = _farewell(texts[at])
        if kind:
            below = texts[at + 1 :]
            if kind == "line" and (not below or _is_signed(below)):
                return at
            bare = kind == "regards" and not below
            return at if bare or (below and is_name(first_part(below[0])) and _is_signed(below)) else None
        if apart[at] and at and _trails_off(texts[at - 1 :]):
            return at
    return None


def reads_on(texts: list[str]) -> bool:
    """Do these lines go on with the answer: a heading among them, or a sentence first?"""
    headed = any(text.rstrip().endswith((":", "：")) and not is_tagline(text) for text in texts)
    reported = bool(_REPORTED.match(texts[0])) and not any(map(is_contact, texts)) and len(texts) < 3
    return (
        headed or reported or (is_sentence(texts[0]) and not any(map(is_contact, texts)) and not is_tagline(texts[0]))
    )


def _signs_off(text: str) -> bool:
    """`Thanks, Ann`, `Danke und Gruß, Peter`, `--Ann` or `~ Ann`, alone in the last paragraph."""
    farewell, comma, name = text.strip(" *_.!").rpartition(",")
    if not comma:
        farewell, _, name = text.strip().partition("--" if text.lstrip().startswith("--") else "~")
    closes = not farewell if not comma else _said(_bare(farewell)) is not None
    name = name.strip()
    return closes and 0 < len(name.split()) <= 3 and name[0].isupper() and is_name(name)


def _trails_off(texts: list[str]) -> bool:
    """Below the first line a few words, in whatever language, that end in a comma; then a name or a card."""
    if len(texts) < 3 or not _is_signed(texts[2:]):
        return False
    above, body, name = (text.strip(" *_") for text in texts[:3])
    if not body.endswith(_COMMAS) or above.endswith((*_COMMAS, ":", "：")) or name.endswith((*_COMMAS, ".")):
        return False
    short = len(body.split()) <= 4 and len(body) <= 40 and not any(map(str.isdigit, body))
    return short and len(name.split()) <= 3 and not name[0].islower() and is_name(name)


def _farewell(text: str) -> str | None:
    """ "regards", "thanks", or "line" where the name stands in the same line ("Best regards, Ada")."""
    body = _bare(text[:200])
    if body.startswith(FORMULAS) or (body.startswith(FROM_AFAR) and len(body.split()) <= 6):
        return "regards"
    if len(text) > 80:
        return None
    if said := _said(body):
        return said
    if _names_itself(text):
        return "line"
    if len(body.split()) <= 5 and any(kernel in body for kernel in KERNELS) and not any(map(str.isdigit, body)):
        return "thanks" if not text.strip().endswith(("?", ":")) else None
    return None


def _said(body: str) -> str | None:
    """ "regards" or "thanks" for the words of a farewell, or of two joined by "and"."""
    if body in REGARDS or body in _TYPED:
        return "regards"
    if body in THANKS or body in WISHES:
        return "thanks"
    parts = _AND.split(body)
    if all(part in REGARDS or part in THANKS or part in WISHES for part in parts):
        return "thanks" if REGARDS.isdisjoint(parts) else "regards"
    return None


def _bare(text: str) -> str:
    return " ".join(folded(unadorned(text).strip(" \t*_~,.;!:)(–—-、。，！،؛☺😊🙂\u200d")).split())


def _names_itself(text: str) -> bool:
    """`Viele Grüße, Anna`, `LG Anna` or `Cheers, Anna`: a farewell, then a name of at most three words."""
    words = unadorned(text).strip(" *_").replace("/", " ").split()
    if not 2 <= len(words) <= 8:
        return False
    for cut in range(len(words) - 1, max(len(words) - 4, 0), -1):
        farewell = _bare(" ".join(words[:cut]))
        if farewell in REGARDS or (farewell in _ASIDE and words[cut - 1].endswith(",")):
            return is_name(" ".join(words[cut:]).rstrip(".")) and words[cut][:1].isupper()
    return False


def _is_signed(below: list[str]) -> bool:
    if any(is_bullet(text) or len(text) > 100 for text in below):
        return False
    if len(below) <= NAMES and all(is_name(text) or is_title(text) or is_contact(text) for text in below):
        return True
    if len(below) <= NAMES + 1 and len(below[0].split()) > 1 and is_name(below[0]) and all(map(is_row, below[1:])):
        return True
    return len(below) <= CARD and any(map(is_contact, below)) and sum(map(is_sentence, below)) == 0
