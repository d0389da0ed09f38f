"""What stands behind the `+` of an address that answers come back to, where no row keeps a token of its own.

    d1f4-3c9a…   a digest: the delivery, and so its reader
    e2a-91bc…    an edition, the same for all its readers
    r7-5d10…     a receipt: the mail that it is about
    c9-02e4…     a comment that somebody was told of
    n3-81b6…     that somebody was told of it, and so who answers

The number is signed; the whole has 30 characters, and 11 or fewer of them are the number's in practice.
"""

import hmac
from functools import lru_cache
from typing import NamedTuple

from models import token


class Named(NamedTuple):
    """What a token names: `kind` as deliveries call it, and a row's number."""

    kind: str
    number: int


_LETTERS = {"digest": "d", "edition": "e", "receipt": "r", "comment": "c", "notice": "n"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}


@lru_cache(maxsize=1024)
def sealed(kind: str, number: int) -> str:
    """The token of a row, in lower-case hexadecimal with one dash."""
    head = f"{_LETTERS[kind]}{number:x}-"
    return head + token.signature(f"reply to {kind}", number)[: token.ADDRESS_LENGTH - len(head)]


def opened(text: str) -> Named | None:
    """What the token names, or None when it is not one of ours."""
    head, dash, _ = text.strip().lower().partition("-")
    kind, digits = _KINDS.get(head[:1]), head[1:]
    if not (dash and kind and 0 < len(digits) <= token.LONGEST_NUMBER):
        return None
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    fits = number < 2**63 and hmac.compare_digest(sealed(kind, number).encode(), text.strip().lower().encode())
    return Named(kind, number) if fits else None
