"""Signatures: who holds a link or a reply address that we gave out.

Lower-case hexadecimal throughout, because mail servers change the case of local parts and people retype links.
"""

import hmac

from config import settings

# Postmark's own inbound addresses have 32 characters before the `+` and RFC 5321 (4.5.3.1.1) allows 64 in a local part.
ADDRESS_LENGTH = 30
LONGEST_NUMBER = 16  # hexadecimal digits of a bigint; Python takes for ever over a number of thousands


def signature(purpose: str, *parts: object) -> str:
    """64 hexadecimal characters that only the holder of SECRET_KEY can make for this purpose and these parts."""
    message = "\0".join([purpose, *map(str, parts)])
    return hmac.digest(settings.secret_key.encode(), message.encode(), "sha256").hex()


def for_address(purpose: str, *parts: object) -> str:
    """The same cut to what fits behind the `+` of an address: 120 bits."""
    return signature(purpose, *parts)[:ADDRESS_LENGTH]


def sealed(purpose: str, number: int) -> str:
    """A number that can be read back only with its signature, for use in links."""
    return f"{number:x}-{signature(purpose, number)[:40]}"


def opened(purpose: str, text: str) -> int | None:
    """The number in a sealed text, or None when it is not one of ours."""
    head = text.partition("-")[0]
    try:
        number = int(head, 16) if len(head) <= LONGEST_NUMBER else -1
    except ValueError:
        return None
    return number if hmac.compare_digest(sealed(purpose, number).encode(), text.encode()) else None
