"""Pieces of text that stand in letters by their name, put in before anything else is made of them."""

import re
from collections.abc import Mapping

from emails.writing.draft import LONGEST, Draft, Unwritable

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

_NAMED = re.compile(r"\{\{\s*snippets\.([A-Za-z0-9_]{1,80})\s*\}\}")


def expanded(draft: Draft, snippets: Mapping[str, str]) -> Draft:
    """With each snippet's text in its place. Raises `Unwritable` for one that is not there, or has others in it."""
    parts = {part: _expanded(part, getattr(draft, part), snippets) for part in ("body", "plain", "preheader")}
    return draft._replace(**parts)


def named(text: str) -> set[str]:
    """The snippets that a text says."""
    return set(_NAMED.findall(text))


def _expanded(part: str, text: str, snippets: Mapping[str, str]) -> str:
    for name in sorted(named(text)):
        if name not in snippets:
            raise Unwritable(part, f"There is no snippet {name!r}.")
        if named(snippets[name]):
            raise Unwritable(part, f"The snippet {name!r} has another in it, and none may.")
    length = sum(len(snippets[found[1]]) for found in _NAMED.finditer(text))
    if length > LONGEST:
        raise Unwritable(part, f"With its snippets it has more than {LONGEST:,} characters.")
    return _NAMED.sub(lambda found: snippets[found[1]], text)
