"""A mail as it went over the wire: its words, its files, and the payload that Postmark would have made of it.

By the standard library, which reads anything; what it makes of broken mail is repaired here. Text parts are joined,
whatever is attached is no text, and a signature (S/MIME, PGP) is neither.
"""

import email
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from typing import Any, NamedTuple

from emails import pkcs7
from emails.charsets import text_of
from emails.flowed import unfolded
from models.attachment import Enclosure
from models.storable import clean

MOST_PARTS = 200
MOST_WRAPPINGS = 4
SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
LIFTED = ("from", "to", "cc", "bcc", "subject", "date", "reply-to")  # which Postmark puts elsewhere than in Headers


class Content(NamedTuple):
    """What a mail says and carries. `encrypted` when nobody but its reader can tell; what is only signed is read."""

    text: str
    html: str
    enclosures: list[Enclosure]
    encrypted: bool


def content(mime: bytes) -> Content:
    """Never raises: of a mail that cannot be taken apart, nothing is left but its header."""
    try:
        leaves = list(_leaves(email.message_from_bytes(mime), MOST_PARTS))
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return Content("", "", [], False)
    texts = [_text(part) for part in leaves if _is_body(part, "text/plain")]
    pages = [_text(part) for part in leaves if _is_body(part, "text/html")]
    files = [part for part in leaves if not _is_body(part, "text/plain") and not _is_body(part, "text/html")]
    encrypted = any(_is_sealed(part, len(leaves) == 1) for part in leaves)
    kept = [_enclosure(part) for part in files if part.get_content_type() not in SIGNATURES]
    return Content("\n\n".join(filter(str.strip, texts)), "\n".join(pages), kept, encrypted)


def payload(mime: bytes) -> dict[str, Any]:
    """What Postmark would send of it, without the files; its id is made of its content."""
    message, read = _head(mime), content(mime)
    return {
        "MessageID": f"mime-{sha256(mime).hexdigest()[:40]}",
        **_sender(message),
        **_recipients(message),
        "Subject": _word(message, "Subject"),
        "Date": _word(message, "Date"),
        "ReplyTo": _word(message, "Reply-To"),
        "TextBody": read.text,
        "HtmlBody": read.html,
        "Headers": [
            {"Name": clean(name), "Value": _decoded(value)}
            for name, value in _items(message)
            if name.lower() not in LIFTED
        ],
    }


def _leaves(whole: Message, left: int) -> Iterator[Message]:
    """The parts that have no parts, from the outside in; a mail within the mail is one of them."""
    waiting, wrappings = [whole], MOST_WRAPPINGS
    while waiting and left:
        part = waiting.pop(0)
        inner: Any = part.get_payload()
        if wrappings and _is_wrapping(part, part is whole) and (signed := pkcs7.unwrapped(_bytes(part))) is not None:
            wrappings -= 1
            whole = email.message_from_bytes(signed)
            inner = [whole]
        if isinstance(inner, list) and part.get_content_maintype() != "message":
            waiting[:0] = inner
        else:
            left -= 1
            yield part


def _is_wrapping(part: Message, is_all: bool) -> bool:
    return pkcs7.is_wrapping(part.get_content_type(), _filename(part), is_all)


def _is_sealed(part: Message, is_all: bool) -> bool:
    return part.get_content_type() == "application/pgp-encrypted" or _is_wrapping(part, is_all)


def _is_body(part: Message, kind: str) -> bool:
    if part.get_content_type() != kind:
        return False
    return part.get_content_disposition() != "attachment" and not _filename(part)


def _filename(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return "unnamed"


def _bytes(part: Message) -> bytes:
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _text(part: Message) -> str:
    raw = _bytes(part)
    charset = part.get_param("charset")
    declared = charset[2] if isinstance(charset, tuple) else charset
    text = clean(text_of(raw, str(declared) if declared else None))
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    return unfolded(text, str(part.get_param("delsp") or "").lower() == "yes") if flowed else text


def _enclosure(part: Message) -> Enclosure:
    raw = part.as_bytes() if part.is_multipart() else _bytes(part)
    shown = str(part.get("Content-ID") or "") if part.get_content_disposition() != "attachment" else ""
    name = clean(_decoded(_filename(part))) or "unnamed"
    return Enclosure(name[:250], clean(part.get_content_type())[:200], clean(shown)[:250], raw)


def _head(mime: bytes) -> Message:
    """As far as it can be read: the first hundred kilobytes hold any header."""
    try:
        return email.message_from_bytes(mime[:100_000])
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return Message()


def _sender(message: Message) -> dict[str, Any]:
    name, address = parseaddr(_word(message, "From"))
    return {"From": address, "FromName": name, "FromFull": {"Email": address, "Name": name, "MailboxHash": ""}}


def _recipients(message: Message) -> dict[str, Any]:
    to, cc, bcc = (_people(message, name) for name in ("To", "Cc", "Bcc"))
    first = next((each["Email"] for each in [*to, *cc]), "")
    return {"To": _word(message, "To"), "ToFull": to, "CcFull": cc, "BccFull": bcc, "OriginalRecipient": first}


def _items(message: Message) -> list[tuple[str, Any]]:
    return [(str(name), value) for name, value in message.raw_items()][:500]


def _word(message: Message, name: str) -> str:
    return next((_decoded(value) for key, value in _items(message) if key.lower() == name.lower()), "")


def _people(message: Message, name: str) -> list[dict[str, str]]:
    found = getaddresses([_decoded(value) for key, value in _items(message) if key.lower() == name.lower()][:20])
    return [{"Email": address, "Name": word, "MailboxHash": ""} for word, address in found[:100] if "@" in address]


def _decoded(value: object) -> str:
    """A header's value: encoded words decoded, bytes beyond ASCII repaired, on one line."""
    raw = str(value)
    if any("\udc80" <= character <= "\udcff" for character in raw):
        raw = text_of(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(raw)
    except (MessageError, ValueError, LookupError):
        return clean(" ".join(raw.split()))
    words = [piece if isinstance(piece, str) else text_of(piece, charset) for piece, charset in pieces]
    return clean(" ".join("".join(words).split()))
