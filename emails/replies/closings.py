"""How a mail ends: a farewell with a name below it, or the card of a person and a firm."""

from __future__ import annotations

import re

from emails.replies.farewells import FORMULAS, KERNELS, REGARDS, THANKS
from emails.replies.headings import KINDS as HEADINGS
from emails.replies.lines import is_bullet
from emails.replies.listings import folded, listed
from emails.replies.taglines import is_tagline
from emails.replies.wishes import WISHES

NAMES = 3  # lines below a farewell that need only look like a name or a title
CARD = 14  # lines below a farewell when telephones and addresses prove a card
_PARTICLES = frozenset(
    listed(
        "von | van | der | den | de | del | della | di | da | do | dos | das | du | la | le | el | al | bin | ibn | ben"
    )
    + listed("zu | zum | ter | ten | y | e | af | av | i | ppa")
)
_PHONE = re.compile(r"\+?[(\d][\d\s()./–-]{5,24}\d")
_AT = re.compile(r"\S@\S|www\.|https?://")
_TELEPHONE = re.compile(r"\d[\d\s()./–-]{5,24}\d")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_CONTACT = re.compile(
    r"\S@\S|www\.|https?://|\b(?:tel|fon|phone|mobile?|cell|fax|handy|gsm|тел|電話|电话|전화)\b", re.IGNORECASE
)
_ASIDE = frozenset(listed("best | cheers | love | bye | ciao"))
_AND = re.compile(r" ?(?:[&+,/]|\b(?:und|and|et|y|e|og|och|en|i|и|та)\b) ?")
_COMMAS = (",", "，", "、", "،")
_ENDS = (".", "!", "。")
_STOPS = ("!", "?", "。", "！", "？", ":", ";", "…")


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
            return at if bare or (below and _is_name(below[0]) and _is_signed(below)) else None
        if apart[at] and at and _trails_off(texts[at - 1 :]):
            return at
    return None


def is_footer(texts: list[str]) -> bool:
    """Lines below a drawn rule that tell whom to reach and say nothing: a card, a mailing list's footer."""
    if any(is_bullet(text) or len(text) > 100 for text in texts):
        return False
    reached = sum(map(_is_contact, texts))
    return reached > 0 and not any(map(_is_sentence, texts)) and (reached > 1 or _is_name(texts[0]))


def card_at(texts: list[str], apart: list[bool]) -> int | None:
    """Index of the paragraph that ends these non-blank lines, if it is a card: a name, a telephone, an address."""
    start = next((at for at in range(len(texts) - 1, max(len(texts) - NAMES * 2, 0), -1) if apart[at]), None)
    if start is None or texts[start - 1].rstrip().endswith((":", "：", ",")):
        return None
    rows = texts[start:]
    name = re.split(r"\s*[|•·,]\s*|\s{2,}", rows[0].strip())[0]
    named = 2 <= len(name.split()) <= 4 and _is_name(name) and not any(map(is_bullet, rows))
    reached = named and all(any(find.search(row) for row in rows[1:]) for find in (_TELEPHONE, _AT))
    return start if reached and not any(_is_sentence(row) or len(row) > 100 for row in rows[1:]) else None


def is_card(texts: list[str]) -> bool:
    """What may stand below a name that is known to be the author's: nothing, or titles and ways to reach them."""
    if len(texts) > CARD or any(is_bullet(text) or len(text) > 100 or _is_sentence(text) for text in texts):
        return False
    return all(_is_title(text) or _is_contact(text) for text in texts)


def is_name_plate(texts: list[str], alone: bool) -> bool:
    """A full name, below it at most a title and a firm; `alone` says that one word is name enough."""
    words = texts[0].split()
    named = 2 - alone <= len(words) <= 4 and _is_name(texts[0]) and all(word[0].isupper() for word in words)
    named = named and folded(texts[0].strip()) not in HEADINGS
    return named and len(texts) <= NAMES and is_card(texts[1:])


def reads_on(texts: list[str]) -> bool:
    """Do these lines go on with the answer: a heading among them, or a sentence first?"""
    headed = any(text.rstrip().endswith((":", "：")) and not is_tagline(text) for text in texts)
    return headed or (_is_sentence(texts[0]) and not any(map(_is_contact, texts)) and not is_tagline(texts[0]))


def _signs_off(text: str) -> bool:
    """`Thanks, Ann`, `Danke und Gruß, Peter`, `--Ann` or `~ Ann`, alone in the last paragraph."""
    farewell, comma, name = text.strip(" *_.!").rpartition(",")
    if not comma:
        farewell, _, name = text.strip().partition("--" if text.lstrip().startswith("--") else "~")
    closes = not farewell if not comma else _said(_bare(farewell)) is not None
    name = name.strip()
    return closes and 0 < len(name.split()) <= 3 and name[0].isupper() and _is_name(name)


def _trails_off(texts: list[str]) -> bool:
    """Below the first line a few words, in whatever language, that end in a comma; then a name or a card."""
    if len(texts) < 3 or not _is_signed(texts[2:]):
        return False
    above, body, name = (text.strip(" *_") for text in texts[:3])
    if not body.endswith(_COMMAS) or above.endswith((*_COMMAS, ":", "：")) or name.endswith((*_COMMAS, ".")):
        return False
    short = len(body.split()) <= 4 and len(body) <= 40 and not any(map(str.isdigit, body))
    return short and len(name.split()) <= 3 and not name[0].islower() and _is_name(name)


def _farewell(text: str) -> str | None:
    """ "regards", "thanks", or "line" where the name stands in the same line ("Best regards, Ada")."""
    body = _bare(text[:200])
    if body.startswith(FORMULAS):
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
    if body in REGARDS:
        return "regards"
    if body in THANKS or body in WISHES:
        return "thanks"
    parts = _AND.split(body)
    if all(part in REGARDS or part in THANKS or part in WISHES for part in parts):
        return "thanks" if REGARDS.isdisjoint(parts) else "regards"
    return None


def _bare(text: str) -> str:
    return " ".join(folded(text.strip(" \t*_~,.;!:)(–—-、。，！،؛☺😊🙂\u200d")).split())


def _names_itself(text: str) -> bool:
    """`Viele Grüße, Anna`, `LG Anna` or `Cheers, Anna`: a farewell, then a name of at most three words."""
    words = text.strip(" *_").replace("/", " ").split()
    if not 2 <= len(words) <= 8:
        return False
    for cut in range(len(words) - 1, max(len(words) - 4, 0), -1):
        farewell = _bare(" ".join(words[:cut]))
        if farewell in REGARDS or (farewell in _ASIDE and words[cut - 1].endswith(",")):
            return _is_name(" ".join(words[cut:]).rstrip(".")) and words[cut][:1].isupper()
    return False


def _is_signed(below: list[str]) -> bool:
    if any(is_bullet(text) or len(text) > 100 for text in below):
        return False
    if len(below) <= NAMES and all(_is_name(text) or _is_title(text) or _is_contact(text) for text in below):
        return True
    return len(below) <= CARD and any(map(_is_contact, below)) and sum(map(_is_sentence, below)) == 0


def _is_name(text: str) -> bool:
    """Up to five words, all capitals or particles; or one short word; or a few letters of a script without capitals."""
    body = re.sub(r"\(.{1,30}?\)|\".{1,20}?\"|[*_~,|/–—-]|\.(?!\w)", " ", text.strip()).strip()
    words = body.split()
    if not 0 < len(words) <= 5 or len(body) > 45 or text.strip().endswith(_STOPS) or any(map(str.isdigit, body)):
        return False
    if len(words) == 1:
        return len(body) <= 20
    return all(word in _PARTICLES or not word[0].islower() for word in words)


def _is_title(text: str) -> bool:
    """A job, a firm or a place: short, capitalised, no sentence."""
    body = text.strip(" *_")
    return len(body) <= 60 and len(body.split()) <= 7 and not body.endswith((*_STOPS, ".")) and not body[:1].islower()


def _is_contact(text: str) -> bool:
    if len(text) > 100:
        return False
    if _CONTACT.search(text):
        return True
    digits = _digits(text)
    return bool(_PHONE.search(text)) and digits >= 7 and (digits > 8 or not _DATE.search(text))


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _is_sentence(text: str) -> bool:
    body = text.strip()
    return body.endswith(_STOPS) or (body.endswith(".") and len(body.split()) > 4)
