"""What of a mail is stored, and where: the payload without its files, the files, and the mail as it went over the wire.

A payload that has neither is stored as it came, byte for byte.
"""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import orjson

from emails import mime, pkcs7
from emails.inbound import Malformed, Received
from models.attachment import Enclosure
from models.storable import clean

CONTENT = ("Content", "Data")  # what Postmark calls it in mails, and in the tests that its pages send
MOST_FILES = 500
LONGEST = 2_000_000  # characters


def arrival(raw: bytes | memoryview, is_read: Callable[[], object] = bool) -> dict[str, Any]:
    """The arguments of `InboundEmail.receive` for one webhook's body. Raises `Malformed`.

    `is_read` is called when a large body has been read and may leave the memory."""
    received = Received.read(raw)
    is_read()
    payload = received.payload
    wire, files = _wire(payload), received.items("Attachments")[:MOST_FILES]
    enclosures = [_enclosure(each) for each in files if isinstance(each, dict)]
    enclosures += _long_words(payload)
    payload |= _signed(received, enclosures)
    stored = orjson.dumps(payload | {"Attachments": files}) if wire or enclosures else bytes(raw)
    return _stored(received, stored, wire, enclosures)


def arrival_of_mime(wire: bytes) -> dict[str, Any]:
    """The same for a mail as it went over the wire."""
    payload = mime.payload(wire)
    enclosures = mime.content(wire).enclosures[:MOST_FILES]
    return _stored(Received(payload), orjson.dumps(payload), wire, enclosures)


def came(raw: bytes) -> dict[str, Any]:
    """The same for either, by its look. Raises `Malformed`."""
    if not raw.strip():
        raise Malformed("there is nothing in it")
    return arrival(raw) if raw.lstrip()[:1] == b"{" else arrival_of_mime(raw)


def received_of(mail: Mapping[str, Any]) -> Received:
    """What has come, as it will be read from where it is stored."""
    attached = sum(not each.content_id for each in mail["attachments"])
    return Received.read(mail["payload"], mail["mime"], attached)


def _signed(received: Received, enclosures: list[Enclosure]) -> dict[str, str]:
    """The words of a mail that is all inside its signature, which the provider hands over as a file; and its files."""
    is_all = len(enclosures) == 1 and not received.text.strip() and not received.html.strip()
    if not is_all or not pkcs7.is_wrapping(enclosures[0].content_type.lower(), enclosures[0].name, is_all):
        return {}
    signed = mime.content(pkcs7.unwrapped(enclosures[0].content) or b"")
    enclosures += signed.enclosures[:MOST_FILES]
    return {"TextBody": signed.text, "HtmlBody": signed.html}


def _long_words(payload: dict[str, Any]) -> list[Enclosure]:
    """What is longer than anybody writes is kept as a file; its beginning is read."""
    found = []
    for key, name, kind in (("TextBody", "text.txt", "text/plain"), ("HtmlBody", "page.html", "text/html")):
        words = payload.get(key)
        if isinstance(words, str) and len(words) > LONGEST:
            found.append(Enclosure(name, kind, "", words.encode("utf-8", "replace")))
            payload[key] = words[:LONGEST]
    return found


def _wire(payload: dict[str, Any]) -> bytes | None:
    wire = payload.pop("RawEmail", None)
    return wire.encode("utf-8", "replace") if isinstance(wire, str) and wire else None


def _stored(received: Received, payload: bytes, wire: bytes | None, enclosures: list[Enclosure]) -> dict[str, Any]:
    return {
        "provider_id": received.provider_id,
        "message_id": received.message_id,
        "checksum": _checksum(received, wire, enclosures),
        "payload": payload,
        "sender": received.sender,
        "subject": received.subject,
        "mime": wire,
        "attachments": enclosures,
    }


def _checksum(received: Received, wire: bytes | None, enclosures: list[Enclosure]) -> str:
    """Of what was written and for whom it was left here: two of our addresses in one mail are two answers."""
    words = [received.sender, received.word("OriginalRecipient")]
    if wire is None:
        words += [received.word(key) for key in ("Subject", "Date", "TextBody", "HtmlBody")]
    found = sha256("\0".join(words).encode("utf-8", "replace"))
    for part in [wire] if wire is not None else [each.content for each in enclosures]:
        found.update(part)
    return found.hexdigest()[:32]


def _enclosure(given: dict[str, Any]) -> Enclosure:
    """Takes the content away from what is given: of all that is large there is one, here or there."""
    said = {key: clean(str(given.get(key) or ""))[:250] for key in ("Name", "ContentType", "ContentID")}
    contents = [given.pop(key, None) for key in CONTENT]
    content = next((each for each in contents if isinstance(each, str)), "")
    del contents
    shown = said["ContentID"] if said["ContentType"].lower().startswith("image/") else ""
    return Enclosure(
        said["Name"] or "unnamed", said["ContentType"] or "application/octet-stream", shown, _bytes(content)
    )


def _bytes(content: str) -> bytes:
    try:
        return b64decode(content)
    except (Error, ValueError):
        return content.encode("utf-8", "replace")
