"""A letter cut at its values: rendered and inlined once, put together again for each reader.

Inlining CSS takes milliseconds, filling in a name takes microseconds. So an opaque word stands for every value while a
letter is rendered and inlined; then it is cut at those words. That equals inlining each one as long as values stand in
text and attributes only. A value that a template asks a question of (`{% if name %}`) raises, because its answer would
be the same for everybody.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

from markupsafe import Markup, escape

from emails.inlining import inlined


class Spoiled(ValueError):
    """A template changes a value (`{{ name|upper }}`), which it cannot while an opaque word stands for it."""

    retry = False


class Parts(NamedTuple):
    """A rendered letter."""

    subject: str
    text: str
    html: str


class Opaque(Markup):
    """A word that stands for a value; it knows nothing of it and so refuses to be asked."""

    def __bool__(self) -> NoReturn:
        raise TypeError("a template that is filled in cannot ask about a value: render it instead")

    def __getitem__(self, place: object) -> NoReturn:
        self.__bool__()

    __iter__ = __len__ = __bool__


class Cut:
    """Literal text at even places, names of values at odd ones, for each part."""

    def __init__(self, names: Iterable[str], render: Callable[[Mapping[str, Any]], Parts]):
        mark = secrets.token_hex(8)  # nobody who writes a template can know it
        words = {name: Opaque(f"v{mark}{place}v") for place, name in enumerate(sorted(names))}
        subject, text, html = render(words)
        self._subject, self._text, self._html = (_pieces(part, words) for part in (subject, text, inlined(html)))
        literal = "".join("".join(pieces[::2]) for pieces in (self._subject, self._text, self._html))
        if mark in literal.lower():
            raise Spoiled("a template that is filled in cannot change a value: render it instead")

    def fill(self, values: Mapping[str, Any]) -> Parts:
        plain = {name: str(value) for name, value in values.items()}
        markup = {name: str(escape(value)) for name, value in values.items()}
        return Parts(_joined(self._subject, plain), _joined(self._text, plain), _joined(self._html, markup))


def _pieces(part: str, words: Mapping[str, str]) -> list[str]:
    pieces = [part]
    for name, word in words.items():
        pieces = [bit for place, piece in enumerate(pieces) for bit in _split(piece, word, name, place)]
    return pieces


def _split(piece: str, word: str, name: str, place: int) -> list[str]:
    if place % 2:
        return [piece]
    bits = piece.split(word)
    return [bit for pair in zip(bits, [name] * len(bits), strict=True) for bit in pair][:-1]


def _joined(pieces: list[str], values: Mapping[str, str]) -> str:
    whole = pieces.copy()
    whole[1::2] = [values[name] for name in pieces[1::2]]
    return "".join(whole)
