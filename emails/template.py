"""A mail's folder of templates: `subject.txt`, `body.txt` and `body.html`, the text part as mandatory as the others.

Inlining CSS takes milliseconds, filling in a name takes microseconds. So a letter is rendered and inlined once with
an opaque word in place of every value, cut at those words, and put together again for each reader. That equals
inlining each one as long as the values stand in text and attributes only; a value that a template asks a question of
(`{% if name %}`) raises, because its answer would be the same for everybody.
"""

import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from emails.inlining import inlined
from emails.letter import Letter

HOME = Path(__file__).parent / "templates"
PARTS = ("subject.txt", "body.txt", "body.html")

_environment = Environment(
    loader=FileSystemLoader(HOME),
    autoescape=lambda name: bool(name and name.endswith(".html")),  # noqa: S701  (text must not be escaped)
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Opaque(Markup):
    """A word that stands for a value; it knows nothing of it and so refuses to be asked."""

    def __bool__(self) -> NoReturn:
        raise TypeError("a template that is filled in cannot ask about a value: render it instead")

    __iter__ = __len__ = __bool__


class Template:
    """The mail called `name`. Raises `jinja2.UndefinedError` when a value that it needs is not given."""

    def __init__(self, name: str):
        self.name = name
        self._cut = lru_cache(maxsize=64)(self._cut_at_values)

    def fill(self, **values: Any) -> Letter:
        """The letter with these values, inlined once for all readers."""
        subject, text, html = self._cut(frozenset(values))
        return self._letter(_joined(subject, values), _joined(text, values), _joined(html, values, escaped=True))

    def render(self, **values: Any) -> Letter:
        """The letter with these values, which it may loop over and ask about; inlined for this one."""
        subject, text, html = self._rendered(values)
        return self._letter(subject, text, inlined(html))

    def _cut_at_values(self, names: frozenset[str]) -> list[list[str]]:
        mark = secrets.token_hex(8)
        words = {name: Opaque(f"v{mark}{place}v") for place, name in enumerate(sorted(names))}
        subject, text, html = self._rendered(words)
        return [_pieces(part, words) for part in (subject, text, inlined(html))]

    def _rendered(self, values: Mapping[str, Any]) -> list[str]:
        return [_environment.get_template(f"{self.name}/{part}").render(values) for part in PARTS]

    def _letter(self, subject: str, text: str, html: str) -> Letter:
        return Letter(subject=" ".join(subject.split()), text=text.strip() + "\n", html=html, tag=self.name)


def _pieces(part: str, words: Mapping[str, str]) -> list[str]:
    """Literal text at even places, names of values at odd ones."""
    pieces = [part]
    for name, word in words.items():
        pieces = [bit for place, piece in enumerate(pieces) for bit in _split(piece, word, name, place)]
    return pieces


def _split(piece: str, word: str, name: str, place: int) -> list[str]:
    if place % 2:
        return [piece]
    bits = piece.split(word)
    return [bit for pair in zip(bits, [name] * len(bits), strict=True) for bit in pair][:-1]


def _joined(pieces: list[str], values: Mapping[str, Any], escaped: bool = False) -> str:
    known = {name: str(escape(value)) if escaped else str(value) for name, value in values.items()}
    return "".join(known[piece] if place % 2 else piece for place, piece in enumerate(pieces))
