"""What Postmark checks of one message before it accepts it, in its order. Every check raises errors.Refused."""

from typing import Any, NamedTuple

from sandbox.addresses import Address, addresses, sender
from sandbox.errors import (
    NO_BODY,
    PENDING_APPROVAL,
    Refused,
    inactive,
    invalid_fields,
    unknown_sender,
    unknown_stream,
)
from sandbox.server import Server
from sandbox.streams import Stream

TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("From", "To", "Cc", "Bcc", "Subject", "Tag", "HtmlBody", "TextBody", "ReplyTo"), str),
    **dict.fromkeys(("TrackLinks", "MessageStream"), str),
    "TrackOpens": bool,
    "Headers": list,
    "Attachments": list,
    "Metadata": dict,
}
FORBIDDEN_EXTENSIONS = (
    "vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba "
    "wsf wsh wsl msc msi msp mst"
)
MAX_BODY = 5 * 1024 * 1024
MAX_MESSAGE = 10 * 1024 * 1024
LIMITS = (("From", 255), ("Subject", 2000), ("Tag", 1000))


class Accepted(NamedTuple):
    """A message that passed. `silent` are the inactive recipients it will not go to."""

    sender: Address
    stream: Stream
    silent: list[str]


def check(server: Server, message: Any, in_batch: bool = False, testing: bool = False) -> Accepted:
    """Raises Refused (300, 400, 403, 406, 411, 412, 1235, 1236) or tells how the message will be sent."""
    _check_types(message)
    stream = _stream(server, message.get("MessageStream") or "outbound")
    author = sender(message.get("From") or "")
    recipients = _recipients(message)
    _check_limits(message)
    if message.get("Metadata"):
        _check_metadata(message["Metadata"])
    if message.get("Attachments"):
        _check_attachments(message)
    if not testing:
        _check_account(server, author, recipients)
    silent = _inactive(stream, recipients, in_batch) if stream.suppressions else []
    return Accepted(author, stream, silent)


def _check_types(message: Any) -> None:
    if not isinstance(message, dict):
        raise Refused(402, "Received invalid JSON input.")
    wrong = [
        key for key, value in message.items() if value is not None and not isinstance(value, TYPES.get(key, object))
    ]
    if message.get("Metadata") and not wrong and not _all_strings(message["Metadata"]):
        wrong = ["Metadata"]
    if message.get("Headers") and not wrong and not _are_headers(message["Headers"]):
        wrong = ["Headers"]
    if wrong:
        raise invalid_fields(wrong)


def _all_strings(metadata: dict[str, Any]) -> bool:
    return all(isinstance(value, str) for value in metadata.values())


def _are_headers(headers: list[Any]) -> bool:
    return all(isinstance(header, dict) and isinstance(header.get("Name"), str) for header in headers)


def _stream(server: Server, name: str) -> Stream:
    stream = server.streams.get(name)
    if stream is None:
        raise unknown_stream(name)
    if not stream.can_send:
        raise Refused(1236, f"Sending is not supported on the '{name}' message stream.")
    return stream


def _recipients(message: dict[str, Any]) -> tuple[Address, ...]:
    found = addresses("To", message.get("To"))
    if message.get("Cc") or message.get("Bcc"):
        found += addresses("Cc", message.get("Cc")) + addresses("Bcc", message.get("Bcc"))
    if message.get("ReplyTo"):
        addresses("ReplyTo", message["ReplyTo"])
    if not found:
        raise Refused(300, "Zero recipients specified.")
    if len(found) > 50:
        raise Refused(300, "You may only send up to 50 recipients per message (To, Cc and Bcc together).")
    return found


def _check_limits(message: dict[str, Any]) -> None:
    html, text = message.get("HtmlBody") or "", message.get("TextBody") or ""
    if not html and not text:
        raise Refused(300, NO_BODY)
    for name, body in (("HtmlBody", html), ("TextBody", text)):
        if len(body) > MAX_BODY or (len(body) * 4 > MAX_BODY and len(body.encode()) > MAX_BODY):
            raise Refused(300, f"The '{name}' is limited to 5 MB.")
    for name, limit in LIMITS:
        if (value := message.get(name)) and len(value) * 2 > limit and utf16_length(value) > limit:
            raise Refused(300, f"The '{name}' is limited to {limit} characters.")


def _check_metadata(metadata: dict[str, str]) -> None:
    if any(utf16_length(name) > 20 for name in metadata):
        raise Refused(300, "Invalid metadata content. Field names are limited to 20 characters...")
    if any(len(value) > 40 and utf16_length(value) > 80 for value in metadata.values()):
        raise Refused(300, "Invalid metadata content. Field values are limited to 80 characters...")
    if len(metadata) > 10:
        raise Refused(300, "Invalid metadata content. A message may have up to 10 metadata fields...")
    if len({name.lower() for name in metadata}) < len(metadata):
        raise Refused(300, "Invalid metadata content. Field names must be unique...")


def _check_attachments(message: dict[str, Any]) -> None:
    total = 0
    for attachment in message["Attachments"]:
        if not isinstance(attachment, dict) or not isinstance(attachment.get("Content"), str):
            raise invalid_fields(["Attachments"])
        name = str(attachment.get("Name") or "")
        if name.rpartition(".")[2].lower() in FORBIDDEN_EXTENSIONS.split():
            raise Refused(411, f"Attachment '{name}' has a file type that is not allowed.")
        total += len(attachment["Content"])
    if total + len(message.get("HtmlBody") or "") + len(message.get("TextBody") or "") > MAX_MESSAGE:
        raise Refused(300, "The message is limited to 10 MB, attachments included.")


def _check_account(server: Server, author: Address, recipients: tuple[Address, ...]) -> None:
    allowed = server.settings.senders
    if allowed and author.email.lower() not in allowed and author.domain not in allowed:
        raise unknown_sender(author.email)
    if server.settings.pending_approval and any(other.domain != author.domain for other in recipients):
        raise Refused(412, PENDING_APPROVAL)


def _inactive(stream: Stream, recipients: tuple[Address, ...], in_batch: bool) -> list[str]:
    silent = [one.email.lower() for one in recipients if one.email.lower() in stream.suppressions]
    if silent and len(silent) == len(recipients):
        raise inactive(silent, in_batch)
    return silent


def utf16_length(text: str) -> int:
    """Postmark's limits count UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", errors="surrogatepass")) // 2
