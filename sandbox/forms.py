"""What was filled in: a JSON object, an urlencoded form or a multipart form, all read into one shape."""

from base64 import b64decode
from dataclasses import dataclass, field
from email import message_from_string
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

import orjson

from sandbox.exchange import Request


@dataclass(slots=True)
class Upload:
    name: str
    type: str
    content: bytes


@dataclass(slots=True)
class Form:
    values: dict[str, str] = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.values.get(name) or default


class Unreadable(ValueError):
    """The body is not what its content type says."""


def form_of(request: Request) -> Form:
    """Raises Unreadable. JSON may bring `Attachments` as Postmark writes them: Name, ContentType, base64 Content."""
    kind = request.header(b"content-type").lower()
    if not request.body:
        return Form(dict(request.query))
    if kind.startswith(b"multipart/form-data"):
        return _multipart(request)
    if kind.startswith(b"application/x-www-form-urlencoded"):
        return Form(dict(parse_qsl(request.body.decode(), keep_blank_values=True)))
    return _json(request.body)


def _json(body: bytes) -> Form:
    try:
        document = orjson.loads(body)
        uploads = [_attachment(one) for one in document.get("Attachments") or ()]
    except (orjson.JSONDecodeError, AttributeError, KeyError, ValueError) as error:
        raise Unreadable(f"not a JSON object of the right shape: {error}") from error
    values = {key: str(value) for key, value in document.items() if isinstance(value, str | int | float)}
    return Form(values, uploads)


def _attachment(given: dict[str, Any]) -> Upload:
    return Upload(given["Name"], given.get("ContentType") or "application/octet-stream", b64decode(given["Content"]))


def _multipart(request: Request) -> Form:
    """Read as Latin-1, so that every byte stays itself; browsers write names as bare UTF-8."""
    head = b"Content-Type: " + request.header(b"content-type") + b"\r\n\r\n"
    form = Form()
    for part in message_from_string((head + request.body).decode("latin-1")).get_payload():
        if not isinstance(part, Message):
            raise Unreadable("not a multipart form")
        _take(form, part)
    return form


def _take(form: Form, part: Message) -> None:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    name = str(part.get_param("name", "", "content-disposition"))
    filename = part.get_filename()
    if filename is None:
        form.values[name] = content.decode(errors="replace").replace("\r\n", "\n")
    elif filename:
        form.uploads.append(Upload(_utf8(filename), part.get_content_type(), content))


def _utf8(text: str) -> str:
    return text.encode("latin-1", errors="replace").decode(errors="replace")
