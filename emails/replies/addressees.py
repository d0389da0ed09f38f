"""The names by which the older mail calls whoever answers it, and where those names end the answer."""

from __future__ import annotations

import re
from itertools import pairwise

from emails.replies import labels
from emails.replies.cards import is_card
from emails.replies.clues import clues
from emails.replies.given_names import GIVEN
from emails.replies.labels import label
from emails.replies.lines import AUTHOR, SIGNATURE, SIGNED, Line, is_bullet
from emails.replies.listings import folded, listed, unadorned

MOST = 400  # quoted lines looked at
LONGEST = 300  # characters of each

_GREETINGS = frozenset(
    listed("""
    hi | hello | hey | dear | hallo | liebe | lieber | moin | servus | bonjour | salut | cher | chère | hola | estimado
    estimada | querido | querida | olá | oi | caro | cara | prezado | prezada | ciao | gentile | beste | hoi | hej
    hei | kära | kjære | kære | cześć | witaj | ahoj | milý | milá | привет | здравствуйте | добрый день | привіт
    вітаю | chào | merhaba | sayın | שלום | היי | مرحبا | good morning | good afternoon | guten tag | guten morgen
""")
)
_CALLED = re.compile(r",\s([^\W\d_][\w'’-]{1,20})\s?[?!]")
_GREETING = re.compile(r"([^\W\d_][\w ’'-]{1,40}?)\s?[,!:]")
_DASHED = re.compile(r"[-–][^\W\d_]{2,20}")  # `-Ann`, where `- Ann` is an item
_SLASHED = re.compile(r"/ ?[A-ZÅÄÖÆØ][^\W\d_]{1,20}")  # `/Ann`, as people sign in the north
_ABBREVIATED = re.compile(r"[^\W\d_]\. ?[^\W\da-z_][^\W\d_]{1,20}")  # `A. Byron`; Finns sign `t. Ada`
_PRONOUNS = re.compile(r"\((?:he|she|they|er|sie|elle|il|ella|él)[/ ].{1,20}\)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_TITLES = frozenset(
    listed("dr | prof | mr | mrs | ms | herr | frau | m | mme | ing | mgr | bc | dipl | dott | dott.ssa | dra | lic")
)


def names_in(lines: list[Line]) -> frozenset[str]:
    """The words of the author's name, casefolded: from `To:`, a greeting, or an older quote's header."""
    found: set[str] = set()
    quoted = [line for line in lines if line.kind and line.kind not in SIGNED][:MOST]
    for at, line in enumerate(quoted):
        text = line.text[:LONGEST].lstrip("> ")
        found.update(_in_label(text), _in_greeting(text))
        if at and line.text.startswith(">") and clues(text).bracketed:
            found.update(_WORD.findall(folded(text[: text.find("<")]))[-2:])
    return frozenset(word for word in found if word not in _TITLES)


def _in_label(text: str) -> list[str]:
    """Words of a recipient, unless there are several; of his address those before the `@`."""
    found = label(text)
    if not found or found[0] != labels.TO or text.count("@") > 1 or found[1].count(";") > 1:
        return []
    return _WORD.findall(folded(re.sub(r"@\S*", " ", found[1])).replace("_", " "))


def _in_greeting(text: str) -> list[str]:
    greeting = _GREETING.match(text.strip())
    head, _, rest = greeting[1].rpartition(" ") if greeting else ("", "", "")
    greeted = folded(head) in _GREETINGS
    called = _CALLED.search(text)
    return [folded(rest)] if greeted else [folded(called[1])] if called else []


def signed_at(texts: list[str], apart: list[bool], names: frozenset[str]) -> int | None:
    """Index of the line that is the author's own name, if nothing follows it but a card."""
    if apart[-1] and _is_given(texts[-3:]):
        return len(texts) - 1
    if not names:
        return None
    for at in range(len(texts) - 1, 0, -1):
        if is_bullet(texts[at]):
            return None
        if texts[at - 1].rstrip()[-1] in ":,;：，、":
            continue
        if (apart[at] or texts[at - 1].rstrip()[-1] in ".!?。") and _is_theirs(texts[at], names):
            return at if is_card(texts[at + 1 :]) else None
    return None


def _is_theirs(text: str, names: frozenset[str]) -> bool:
    body = re.split(r"\s*[|,]", text.strip(" *_~/.–—-"))[0]
    words = [word for word in _WORD.findall(body) if folded(word) not in _TITLES]
    return 0 < len(words) <= 4 and not body[:1].islower() and {folded(word) for word in words} <= names


def _is_given(texts: list[str]) -> bool:
    """A first name alone in the last paragraph, below a sentence or an item and not below another name."""
    if len(texts) < 2 or (is_bullet(texts[-1]) and not _DASHED.fullmatch(texts[-1].strip())):
        return False
    if _SLASHED.fullmatch(texts[-1].strip()) or _ABBREVIATED.fullmatch(texts[-1].strip()):
        return _is_said(texts[-2].strip())
    above, name = texts[-2].strip(), _PRONOUNS.sub("", unadorned(texts[-1])).strip(" *_~/–—-")
    if not name:
        return False
    first, _, rest = name.partition(" ")
    initial = len(rest.rstrip(".")) < 2
    return _is_said(above) and initial and folded(first.rstrip(",.")) in GIVEN and not name[0].islower()


def _is_said(text: str) -> bool:
    """Does this line end what it says, so that a name below it is no part of it?"""
    if text[-1] in ":,;：，、":
        return False
    return not text[-1].isalnum() or is_bullet(text) or (len(text.split()) > 5 and len(text.split()[-1]) > 4)


def mark_spoken_delimiters(lines: list[Line]) -> None:
    """A program marked `-- ` as the signature and left what stands below it unmarked: the rules for text apply."""
    for line, below in pairwise(lines):
        if line.kind == SIGNATURE and line.text.strip() == "--" and below.kind == AUTHOR:
            line.kind = AUTHOR
