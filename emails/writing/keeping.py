"""Fields kept from harm while a text goes through a program that knows nothing of them.

Markdown and MJML would escape the quotes of `{{ first_name | default("friend") }}` and break it in a link. So a word
that means nothing to them stands for it meanwhile.
"""

import secrets
from collections.abc import Callable

from emails import personal
from emails.personal import Field


def kept(text: str, turn: Callable[[str], str]) -> str:
    """`turn(text)`, with every field in the result as it was in the text. Raises `personal.Unfillable`."""
    mark = secrets.token_hex(6)
    words: dict[Field, str] = {}
    for piece in personal.cut(text):
        if isinstance(piece, Field):
            words.setdefault(piece, f"f{mark}x{len(words)}f")
    turned = turn(personal.joined(personal.cut(text), words))
    for field, word in words.items():
        turned = turned.replace(word, field.written)
    return turned
