"""What somebody meant to replace and forgot."""

import re
from collections.abc import Iterator

from models.finding import Found, Severity

AROUND = 40  # characters of the text that are shown on each side

# Fields of other programs, which ours do not fill in, and words in brackets that stand for something.
_UNFILLED = re.compile(
    r"%%[^%\s]{1,40}%%|\*\|[A-Za-z0-9_:]{1,60}\|\*"
    r"|(?-i:(?<![\w|])\|[A-Z][A-Z0-9_:]{1,60}\|(?![\w|]))"  # the same, when Markdown took the stars for emphasis
    r"|\[(?:link|url|name|date|title|insert [^\]\n]{1,60})\]|\[\[[^\]\n]{1,60}\]\]",
    re.IGNORECASE,
)
_NOTES = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|\blorem ipsum\b", re.IGNORECASE)
_LOUD = re.compile(r"TODO|FIXME|XXX|TBD|(?i:lorem ipsum)")  # "todo" is also a word


def found(text: str) -> Iterator[Found]:
    """Each once."""
    seen: set[str] = set()
    for match in (*_UNFILLED.finditer(text), *_NOTES.finditer(text)):
        word = match[0]
        is_note = match.re is _NOTES
        if word in seen or (is_note and not _LOUD.fullmatch(word)):
            continue
        seen.add(word)
        advice = f"{word} is left over." if is_note else f"{word} is a place for something, and nothing fills it in."
        yield Found("leftover", Severity.LOOK if is_note else Severity.SERIOUS, _around(text, match), advice)


def _around(text: str, match: re.Match[str]) -> str:
    piece = text[max(0, match.start() - AROUND) : match.end() + AROUND]
    return f"… {' '.join(piece.split())} …"
