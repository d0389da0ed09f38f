"""One HTTP request and its answer, as plain as the sandbox needs them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

JSON = b"application/json; charset=utf-8"
MAX_REQUEST = 50 * 1024 * 1024  # Postmark's limit for a batch
HTML = b"text/html; charset=utf-8"


class Body:
    """A request's body while it arrives. More than Postmark takes is read but not kept."""

    __slots__ = ("chunks", "size")

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.size = 0

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size <= MAX_REQUEST:
            self.chunks.append(chunk)
        else:
            self.chunks.clear()

    def whole(self) -> bytes | None:
        """None when it was too large."""
        return b"".join(self.chunks) if self.size <= MAX_REQUEST else None


class Request:
    """A request whose body has been read whole. Header names are lower-case bytes."""

    __slots__ = ("body", "headers", "method", "path", "raw_query", "token")

    def __init__(self, method: str, path: str, raw_query: bytes, headers: list[tuple[bytes, bytes]], body: bytes):
        self.method, self.path, self.raw_query, self.headers, self.body = method, path, raw_query, headers, body
        self.token = ""

    def header(self, name: bytes) -> bytes:
        for key, value in self.headers:
            if key == name:
                return value
        return b""

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.raw_query.decode("latin-1"), keep_blank_values=True))

    @property
    def prefers_html(self) -> bool:
        return b"text/html" in self.header(b"accept")


@dataclass(slots=True)
class Answer:
    body: bytes
    status: int = 200
    type: bytes = JSON
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(orjson.dumps(value), status)


def html_answer(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, HTML)


def redirect(path: str) -> Answer:
    return Answer(b"", 303, HTML, [(b"location", path.encode())])
