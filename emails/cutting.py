"""A letter cut at its values: rendered and inlined once, put together again for each reader.

Inlining CSS takes milliseconds, filling in a name takes microseconds. So an opaque word stands for every value while a
letter is rendered and inlined; then it is cut at those words. That equals inlining each one as long as values stand in
text and attributes only. A value that a template asks a question of (`{% if name %}`) raises, because its answer would
be the same for everybody.

A letter goes to the provider as JSON, whose escapes do not depend on what stands around them. So the literal text is
escaped once too, and a reader's copy is joined as JSON without ever being a string.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, NoReturn

import orjson
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


class Part:
    """Literal text at even places, names of values at odd ones."""

    def __init__(self, pieces: list[str]):
        self.literal = "".join(pieces[::2])
        self._names = pieces[1::2]
        self._pieces = pieces
        self._escaped: list[bytes] = [_escaped(piece) for piece in pieces]

    def joined(self, values: Mapping[str, str]) -> str:
        whole = self._pieces.copy()
        whole[1::2] = map(values.__getitem__, self._names)
        return "".join(whole)

    def as_json(self, values: Mapping[str, str]) -> bytes:
        escaped = {name: _escaped(value) for name, value in values.items()}
        whole = self._escaped.copy()
        whole[1::2] = map(escaped.__getitem__, self._names)
        return b'"%b"' % b"".join(whole)


class Body:
    """One reader's copy of a part, put together when it is asked for: `str(body)` for people, or as JSON."""

    __slots__ = ("_part", "_values")

    def __init__(self, part: Part, values: Mapping[str, str]):
        self._part, self._values = part, values

    def __str__(self) -> str:
        return self._part.joined(self._values)

    def as_json(self) -> bytes:
        """UTF-8, quotes included. Raises `orjson.JSONEncodeError` for what is no text (half a surrogate pair)."""
        return self._part.as_json(self._values)


class Filled(NamedTuple):
    """One reader's copy of a letter."""

    subject: str
    text: Body
    html: Body


class Cut:
    """A letter in its parts, to be filled in for each reader."""

    def __init__(self, names: Iterable[str], render: Callable[[Mapping[str, Any]], Parts]):
        mark = secrets.token_hex(8)  # nobody who writes a template can know it
        words = {name: Opaque(f"v{mark}{place}v") for place, name in enumerate(sorted(names))}
        subject, text, html = render(words)
        self._subject, self._text, self._html = (Part(_pieces(part, words)) for part in (subject, text, inlined(html)))
        if any(mark in part.literal.lower() for part in (self._subject, self._text, self._html)):
            raise Spoiled("a template that is filled in cannot change a value: render it instead")

    def fill(self, values: Mapping[str, Any]) -> Filled:
        plain = {name: str(value) for name, value in values.items()}
        markup = {name: str(escape(value)) for name, value in values.items()}
        return Filled(self._subject.joined(plain), Body(self._text, plain), Body(self._html, markup))


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


def _escaped(text: str) -> bytes:
    return orjson.dumps(text)[1:-1]
