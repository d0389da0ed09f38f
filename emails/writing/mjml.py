"""MJML as HTML, by mrml. Nothing is fetched or read for it: an `mj-include` is an error."""

import re

import mrml

DEEPEST = 100  # elements inside each other: mrml descends by recursion, and some 2,000 end the process

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})[^<>]{0,20000}?(/?)>")
_EMPTY = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


def as_html(text: str) -> str:
    """A whole document. Raises `ValueError` in a sentence for what is no MJML."""
    if _depth(text) > DEEPEST:
        raise ValueError(f"It has more than {DEEPEST} elements inside each other.")
    try:
        return str(mrml.to_html(text).content)
    except OSError as problem:
        raise ValueError(_spoken(str(problem))) from None


def _depth(text: str) -> int:
    """At least as many as there are: an end tag counts only when something is open."""
    deepest = open_ = 0
    for end, name, alone in _TAG.findall(text):
        if end:
            open_ = max(open_ - 1, 0)
        elif not alone and name.lower() not in _EMPTY:
            open_ += 1
            deepest = max(deepest, open_)
    return deepest


def _spoken(problem: str) -> str:
    return f"It is no MJML: {problem.rstrip('.')}."
