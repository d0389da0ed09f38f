"""HTML cut into text and tags, in one pass, however broken it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from emails.replies.listings import listed

QUOTED_ENDS = 8  # `>` signs that a quoted attribute may hold
LONGEST_TAG = 100_000  # characters, where its quotes do not balance at its first `>`

_OPAQUE = frozenset(listed("script|style|title|noembed|noframes|xml|template|svg|math|select|object"))
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")


class Token(NamedTuple):
    """`kind` is "text", "start" or "end"; `value` the characters or the tag's name; `attributes` as written."""

    kind: str
    value: str
    attributes: str = ""


def tokens(html: str) -> Iterator[Token]:
    """The tokens of a document in its order, without comments, declarations, scripts and styles."""
    shut = _Shut(html)
    at = 0
    while at < len(html):
        less = html.find("<", at)
        if less < 0 or shut.is_last(less):
            less = len(html)
        tag = _TAG.match(html, less)
        end = shut.past(less, tag)
        if end == less < len(html):  # a `<` that is only a character
            end += 1
            yield Token("text", html[at:end])
        elif less > at:
            yield Token("text", html[at:less])
        if tag and end > less and tag[2].lower() not in _OPAQUE:
            yield Token("end" if tag[1] else "start", tag[2].lower(), html[tag.end() : shut.tag_end])
        at = max(end, less)


class _Shut:
    """Finds where tags, comments and scripts end, remembering which ends are nowhere ahead."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.last = html.rfind(">")
        self.missing: set[str] = set()
        self.tag_end = 0

    def is_last(self, less: int) -> bool:
        """Is there no `>` after this `<`?"""
        return less > self.last

    def past(self, less: int, tag: re.Match[str] | None) -> int:
        """Past the tag, comment or declaration that begins here; the same place if none does."""
        if tag:
            self.tag_end = self._tag_end(less)
            opaque = not tag[1] and tag[2].lower() in _OPAQUE
            return self._past_element(tag[2], self.tag_end + 1) if opaque else self.tag_end + 1
        if self.html.startswith("<!--", less):
            return self._past("-->", less + 2) or less + 4
        if self.html.startswith(("<!", "<?"), less):
            return self.html.find(">", less) + 1
        return less

    def _tag_end(self, less: int) -> int:
        """Its first `>` outside quotes, or its first at all if the quotes never balance."""
        first = end = self.html.find(">", less)
        for _ in range(QUOTED_ENDS):
            if self._is_balanced(less, end):
                return end
            end = self.html.find(">", end + 1)
            if end < 0 or end - less > LONGEST_TAG:
                break
        return first

    def _is_balanced(self, less: int, end: int) -> bool:
        double, single = self.html.count('"', less, end), self.html.count("'", less, end)
        return double % 2 == 0 and (single % 2 == 0 or double > 0)

    def _past_element(self, name: str, at: int) -> int:
        """Past the end tag; an element that is never closed hides nothing."""
        return self._past(f"</{name.lower()}", at) or at

    def _past(self, end: str, at: int) -> int:
        if end in self.missing:
            return 0
        found = re.compile(re.escape(end), re.IGNORECASE).search(self.html, at)
        if not found:
            self.missing.add(end)
            return 0
        return found.end() if end == "-->" else self.html.find(">", found.end()) + 1 or len(self.html)
