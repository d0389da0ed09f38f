"""The card of a person and a firm: its name, its titles, and how to reach them."""

from __future__ import annotations

import re

from emails.replies.given_names import GIVEN
from emails.replies.headings import KINDS as HEADINGS
from emails.replies.lines import is_bullet
from emails.replies.listings import folded, listed, unadorned
from emails.replies.posts import FIRMS, JOBS, JOINED_JOBS

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
_PARTS = re.compile(r"\s*[|•·,]\s*|\s{2,}")
_DOMAIN = re.compile(r"[\w.-]{2,60}\.[a-z]{2,12}/?")
_RINGS = re.compile(
    r"(?:[mptdcofh]|tel|phone|mobile?|mob|cell|direct|desk|office|fon|handy|fax|тел|моб|tél|móvil|telefon)\b[.:]?\s?[:+(\d]",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_CONTACT = re.compile(
    r"\S@\S|www\.|https?://|\b(?:tel|fon|phone|mobile?|cell|fax|handy|gsm|тел|電話|电话|전화)\b", re.IGNORECASE
)
_PROXY = re.compile(r"(?:i\.? ?[av]\.|ppa\.?|p\.p\.) ?(?=\w)", re.IGNORECASE)
_PRONOUNS = re.compile(r"\([^()]{1,20}/[^()]{1,20}\)")
_STOPS = ("!", "?", "。", "！", "？", ":", ";", "…")


def is_footer(texts: list[str]) -> bool:
    """Lines below a drawn rule that tell whom to reach and say nothing: a card, a mailing list's footer."""
    if any(is_bullet(text) or len(text) > 100 for text in texts):
        return False
    reached = sum(map(is_contact, texts))
    return reached > 0 and not any(map(is_sentence, texts)) and (reached > 1 or is_name(texts[0]))


def card_at(texts: list[str], apart: list[bool]) -> int | None:
    """Index of the paragraph that ends these non-blank lines, if it is a card: a name, a telephone, an address."""
    start = next((at for at in range(len(texts) - 1, max(len(texts) - NAMES * 2, 0), -1) if apart[at]), None)
    if (
        start is not None
        and _is_brief_card(texts[start:])
        and texts[start - 1].rstrip().endswith(("。", ".", "！", "!"))
    ):
        return start
    if start is None or texts[start - 1].rstrip().endswith((":", "：", ",")):
        return None
    rows = texts[start:]
    name = first_part(rows[0])
    named = 2 <= len(name.split()) <= 4 and is_name(name) and not any(map(is_bullet, rows))
    reached = named and any(_TELEPHONE.search(row) for row in rows[1:]) and any(map(_is_way, rows[1:]))
    told = reached or (named and _tells_post(rows, name))
    return start if told and not any(is_sentence(row) or len(row) > 100 for row in rows[1:]) else None


def _is_brief_card(rows: list[str]) -> bool:
    """A Chinese, Japanese or Korean name above what its owner is: `方圆`, `产品经理`."""
    name = rows[0].strip()
    written = 1 < len(name) <= 4 and min(name) > "\u2e80" and name.isalpha()
    return written and 1 < len(rows) <= NAMES and all(map(is_post, rows[1:]))


def _tells_post(rows: list[str], name: str) -> bool:
    """Is it a full name with a job or a firm beside or below it, and nothing else?"""
    name = name.split("(")[0]
    own = [word for word in name.strip("*_ ").split() if word not in _PARTICLES]
    if not 2 <= len(own) <= 4 or not all(word[0].isalpha() and not word[0].islower() for word in own):
        return False
    if folded(own[0]) not in GIVEN and not any(len(word.rstrip(".")) == 1 for word in own[1:-1]):
        return False
    beside = _PRONOUNS.sub("", rows[0].strip()[len(name) :]).strip("*_ |•·,–—-")
    rest = [row for row in (beside, *rows[1:]) if row]
    if any(folded(row.split()[0]) in GIVEN and len(_PARTS.split(row)) > 1 for row in rows[1:]):
        return False  # several people, each with a job: a list
    told = any(map(is_post, rest)) or (len(rest) > 1 and rest[-1].startswith("www."))
    return told and len(rest) <= NAMES and all(map(is_row, rest))


def is_post(text: str) -> bool:
    """A job, or a firm by what such names end with: `Head of Finance`, `Engines Ltd`."""
    low = folded(text.strip(" *_"))
    words = low.replace(",", " ").split()
    named = any(f" {word}".startswith(f" {job}") for word in words for job in JOBS if " " not in job)
    spelt = named or any(job in low for job in JOBS if " " in job) or any(job in low for job in JOINED_JOBS)
    return len(words) <= 8 and (spelt or (len(words) > 1 and words[-1] in FIRMS))


def is_card(texts: list[str]) -> bool:
    """What may stand below a name that is known to be the author's: nothing, or titles and ways to reach them."""
    if len(texts) > CARD or any(is_bullet(text) or len(text) > 100 or is_sentence(text) for text in texts):
        return False
    return all(is_title(text) or is_contact(text) for text in texts)


def is_name_plate(texts: list[str], alone: bool) -> bool:
    """A full name, below it at most a title and a firm; `alone` says that one word is name enough."""
    words = texts[0].split()
    brief = len(texts[0].strip()) <= 4 and texts[0].strip() > "\u2e80" and any(map(is_post, texts[1:]))
    named = (
        2 - (alone or brief) <= len(words) <= 4
        and is_name(texts[0])
        and all(word[0].isalpha() and not word[0].islower() for word in words)
    )
    first = folded(words[0])
    named = named and (first in GIVEN or first[0] > "\u2e80") and folded(texts[0].strip()) not in HEADINGS
    return named and len(texts) <= NAMES and is_card(texts[1:])


def first_part(text: str) -> str:
    """The name in `Ada Byron | Analyst | Engines Ltd`."""
    return _PARTS.split(text.strip())[0]


def is_row(text: str) -> bool:
    return is_title(text) or is_contact(text) or _is_post(text) or _is_job(text)


def is_name(text: str) -> bool:
    """Up to five words, all capitals or particles; or one short word; or a few letters of a script without capitals."""
    body = re.sub(r"\(.{1,30}?\)|\".{1,20}?\"|[*_~,|/–—-]|\.(?!\w)", " ", _undersigned(unadorned(text))).strip()
    words = body.split()
    if not 0 < len(words) <= 5 or len(body) > 45 or text.strip().endswith(_STOPS) or any(map(str.isdigit, body)):
        return False
    if len(words) == 1:
        return len(body) <= 20
    return all(word in _PARTICLES or not word[0].islower() for word in words)


def _undersigned(text: str) -> str:
    """A name without what says for whom its owner signs: `i.A. Petra Knoll`."""
    return _PROXY.sub("", text.strip())


def is_title(text: str) -> bool:
    """A job, a firm or a place: short, capitalised, no sentence."""
    body = text.strip(" *_")
    return len(body) <= 60 and len(body.split()) <= 7 and not body.endswith((*_STOPS, ".")) and not body[:1].islower()


def is_contact(text: str) -> bool:
    if len(text) > 100:
        return False
    if _CONTACT.search(text):
        return True
    digits = _digits(text)
    return bool(_PHONE.search(text)) and digits >= 7 and (digits > 8 or not _DATE.search(text))


def is_sentence(text: str) -> bool:
    body = text.strip()
    return body.endswith(_STOPS) or (body.endswith(".") and len(body.split()) > 4)


def _is_way(row: str) -> bool:
    """An address to write or go to, or a number that says what it rings."""
    return bool(_AT.search(row) or _DOMAIN.fullmatch(row.strip()) or _RINGS.match(row.strip()))


def _is_job(text: str) -> bool:
    """A job written without a capital."""
    return len(text.split()) <= 2 and text.strip().replace(" ", "").replace("-", "").isalpha()


def _is_post(text: str) -> bool:
    """A firm and where it is: `Engines Ltd, 1 Dorset Street, London`."""
    return "," in text and any(map(str.isdigit, text)) and not text[:1].islower() and not is_sentence(text)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
