"""A small HTTP/1.1 client for webhooks: one kept-alive connection, one POST after the other."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

import httptools

KEPT_TEXT = 2_000  # of an answer's body, for the page that shows attempts


@dataclass(slots=True)
class Reply:
    status: int
    text: str


class HungUp(ConnectionError):
    """The other side closed the connection before answering."""


class _Reader:
    """httptools' callbacks: collects one response."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.body = bytearray()
        self.done = self.started = False

    def on_message_begin(self) -> None:
        self.started = True

    def on_body(self, data: bytes) -> None:
        if len(self.body) < KEPT_TEXT:
            self.body += data

    def on_message_complete(self) -> None:
        self.done = True


class Line:
    def __init__(self) -> None:
        self.origin: tuple[str, str] = ("", "")
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, url: str, headers: list[tuple[str, str]], body: bytes) -> Reply:
        """Raises OSError (ConnectionError among them) when there is no answer; the caller sets the time limit."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [("Host", parts.netloc), ("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        head = "".join(f"{name}: {value}\r\n" for name, value in lines + headers)
        request = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
        try:
            return await self._ask((parts.scheme, parts.netloc), request)
        except BaseException:  # a time-out cancels in the middle of an answer: nobody may read the rest as theirs
            self.close()
            raise

    def close(self) -> None:
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None

    async def _ask(self, origin: tuple[str, str], request: bytes) -> Reply:
        if self.writer is not None and self.origin == origin:
            try:
                return await self._exchange(request)
            except ConnectionError:
                pass  # a kept connection may have been closed meanwhile: once more on a new one
        await self._connect(origin)
        return await self._exchange(request)

    async def _connect(self, origin: tuple[str, str]) -> None:
        self.close()
        parts = urlsplit(f"{origin[0]}://{origin[1]}")
        secure = parts.scheme == "https"
        self.reader, self.writer = await asyncio.open_connection(
            parts.hostname, parts.port or (443 if secure else 80), ssl=secure or None
        )
        self.origin = origin

    async def _exchange(self, request: bytes) -> Reply:
        assert self.reader is not None and self.writer is not None
        self.writer.write(request)
        await self.writer.drain()
        response = _Reader()
        while not response.done:
            data = await self.reader.read(65536)
            if not data:
                break
            self._feed(response, data)
        return self._finish(response)

    def _feed(self, response: _Reader, data: bytes) -> None:
        try:
            response.parser.feed_data(data)
        except httptools.HttpParserError as error:
            raise HungUp(f"not an HTTP answer: {error}") from error

    def _finish(self, response: _Reader) -> Reply:
        if not response.started:
            raise HungUp("hung up without an answer")
        if not response.done or not response.parser.should_keep_alive():
            self.close()
        return Reply(response.parser.get_status_code(), response.body[:KEPT_TEXT].decode(errors="replace"))
