"""The input guard: any text a mail can carry, made plain lines before a rule looks at it."""

from __future__ import annotations

import re
import unicodedata

from emails.replies.labels import label
from emails.replies.lines import Line, is_bullet
from emails.replies.seams import parted

TEXT_LIMIT = 256 * 1024  # characters
HTML_LIMIT = 1024 * 1024  # characters
MOST_LINES = 10_000  # these two bound the time; the longest threads that programs quote have a fraction of it
MOST_TAGS = 10_000
MOST_ENTITIES = 60_000

# Marks without width or with a direction only. ZWJ and ZWNJ mean something inside a word (emoji, Persian), and stay.
_UNSEEN = dict.fromkeys(
    [
        *(*range(0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F),
        *(*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF, 0xFFFC),
    ]
)
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_BREAKS = dict.fromkeys([0x0B, 0x0C, 0x85, 0x2028, 0x2029], "\n")
_PLAIN = {**_UNSEEN, **_SPACES, **_BREAKS}

_JOINERS = re.compile("[\u200c\u200d]{2,}|(?<!\\S)[\u200c\u200d]|[\u200c\u200d](?!\\S)")
_PILED_MARKS = re.compile(rb"[^\0]{31,}")
_BLANK_RUN = re.compile(r"\n{5,}")

FLOWED_FROM = 60  # shorter lines that end in a space were typed so, not folded
FLOWED_TO = 80


def split(text: str, limit: int) -> tuple[str, str]:
    """The part that will be read, ending at a line where there is one, and the part beyond the limit."""
    if len(text) <= limit:
        return text, ""
    cut = text.rfind("\n", limit // 2, limit) + 1 or limit
    return text[:cut], text[cut:]


def split_after(text: str, sign: str, most: int) -> tuple[str, str]:
    """The part before the sign that is one too many, and the part from there."""
    if text.count(sign) <= most:
        return text, ""
    cut = -1
    for _ in range(most + 1):
        cut = text.index(sign, cut + 1)
    return text[:cut], text[cut:]


def clean(text: str) -> str:
    """Plain NFC text with `\\n` line ends: no NUL, zero-width, direction or control marks, no exotic spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _JOINERS.sub("", text.translate(_PLAIN))
    elif not text.isprintable():
        text = text.translate(_PLAIN)
    return _composed(text)


def lines(text: str) -> list[Line]:
    """Clean text as lines, format=flowed paragraphs (RFC 3676) made whole again."""
    rows = ["" if row.isspace() else row for row in text.split("\n")]
    rows = _BLANK_RUN.sub("\n\n\n\n", "\n".join(rows)).split("\n")
    return [Line(part) for row in _unfolded(rows) for part in parted(row)]


def _composed(text: str) -> str:
    """NFC, unless marks are piled over 30 high (UAX 15 calls 30 stream-safe): putting those in order is quadratic."""
    if text.isascii() or _PILED_MARKS.search(bytes(map(unicodedata.combining, text))):
        return text
    return unicodedata.normalize("NFC", text)


def _unfolded(rows: list[str]) -> list[str]:
    whole: list[list[str]] = []
    folding = False
    for row in rows:
        if folding and _continues(row):
            whole[-1].append(row)
        else:
            whole.append([row])
        folding = _folds(row)
    return ["".join(parts) for parts in whole]


def _folds(row: str) -> bool:
    """A soft line break is one trailing space; `-- ` is a signature, and quoted lines are not ours to mend."""
    return FLOWED_FROM <= len(row) <= FLOWED_TO and row[-1] == " " and row[-2] != " " and not row.startswith(">")


def _continues(row: str) -> bool:
    """Outlook ends each line of its header blocks in a space, and means nothing by it."""
    return bool(row.strip()) and row != "-- " and not (row.startswith((">", " ")) or is_bullet(row) or label(row))
