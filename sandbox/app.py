"""The ASGI application: reads a request whole, lets the faults have their turn, finds the view, sends the answer."""

import asyncio
import inspect
import socket
import struct
import uuid
from typing import Any
from urllib.parse import urlsplit

import orjson

from sandbox.control.mail import NotThere
from sandbox.errors import BAD_TOKEN, JSON_REQUIRED, NO_TOKEN, Refused
from sandbox.exchange import HTML, Answer, Request, json_answer
from sandbox.faults import Faults
from sandbox.forms import Unreadable
from sandbox.routes import is_api, view_of
from sandbox.server import Server

TEST_TOKEN = "postmark_api_test"
SENDS = ("/email", "/email/batch")
HTML_ERROR = Answer(b"<html><body><h1>500 Internal Server Error</h1></body></html>", 500, HTML)
TOO_LARGE = Answer(b"<html><body><h1>413 Request Entity Too Large</h1></body></html>", 413, HTML)


class Dropped(Exception):
    """The connection is to be reset instead of answered."""


class App:
    def __init__(self, server: Server):
        self.server = server

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()  # returns when the body has been gathered
        body = scope["body"].whole()
        request = Request(scope["method"], scope["path"], scope["query_string"], scope["headers"], body or b"")
        try:
            answer = TOO_LARGE if body is None else await self.answer(request)
        except Dropped:
            await _reset(scope["transport"], receive)
            return
        await _send(send, answer)

    async def answer(self, request: Request) -> Answer:
        """Raises Dropped."""
        if not is_api(request.path):
            return await self._own(request)
        faults = self.server.faults
        if faults.latency_ms:
            await asyncio.sleep(faults.latency_ms / 1000)
        try:
            _strike_before(faults, request.path)
            self._admit(request)
            answer = await self._view(request)
        except Refused as refusal:
            return refusal.as_answer()
        except _Spoiled as spoiled:
            return spoiled.answer
        return _strike_after(faults, request, answer)

    async def _own(self, request: Request) -> Answer:
        """The sandbox's own pages and knobs, closed to other sites' pages in the same browser."""
        origin = request.header(b"origin").decode("latin-1")
        if origin not in ("", "null") and urlsplit(origin).netloc != request.header(b"host").decode("latin-1"):
            return json_answer({"error": "not from another site"}, 403)
        try:
            return await self._view(request)
        except NotThere as missing:
            return json_answer({"error": f"no message {missing}"}, 404)
        except Refused as refusal:
            return refusal.as_answer()
        except (Unreadable, ValueError) as error:
            return json_answer({"error": str(error)}, 422)

    async def _view(self, request: Request) -> Answer:
        found = view_of(request.method, request.path)
        if found is None:
            return json_answer({"ErrorCode": 404, "Message": f"There is no {request.method} {request.path}."}, 404)
        view, arguments = found
        answer = view(self.server, request, *arguments)
        return await answer if inspect.isawaitable(answer) else answer

    def _admit(self, request: Request) -> None:
        """Token (401), then JSON headers (415). Raises Refused."""
        token = request.header(b"x-postmark-server-token").decode("latin-1").strip()
        if not token:
            raise Refused(10, NO_TOKEN, 401)
        known = [one.lower() for one in self.server.settings.server_tokens]
        if known and token.lower() not in (*known, TEST_TOKEN):
            raise Refused(10, BAD_TOKEN, 401)
        request.token = "POSTMARK_API_TEST" if token.lower() == TEST_TOKEN else token
        typed = request.method in ("GET", "DELETE") or _is_json(request.header(b"content-type")) or not request.body
        if not typed or not _is_json(request.header(b"accept")):
            raise Refused(409, JSON_REQUIRED, 415)


class _Spoiled(Exception):
    """A fault answers instead of the view."""

    def __init__(self, answer: Answer):
        super().__init__()
        self.answer = answer


def _strike_before(faults: Faults, path: str) -> None:
    if faults.strikes("drop_before_accept", path):
        raise Dropped
    if faults.strikes("too_many_requests", path):
        raise _Spoiled(json_answer({"Message": "Too many requests. Please slow down."}, 429))
    if faults.strikes("maintenance", path):
        raise Refused(100, "The Postmark API is offline for maintenance.", 503)
    if faults.strikes("server_error", path):
        raise Refused(101, "An unexpected error has occurred.", 500)
    if faults.strikes("server_error_html", path):
        raise _Spoiled(HTML_ERROR)


def _strike_after(faults: Faults, request: Request, answer: Answer) -> Answer:
    if request.path not in SENDS:
        return answer
    if faults.strikes("accept_then_drop"):
        raise Dropped
    if faults.strikes("service_delay"):
        return _delayed(answer)
    if faults.strikes("not_json"):
        return Answer(b"<html><body>OK</body></html>", 200, HTML)
    return answer


def _delayed(answer: Answer) -> Answer:
    """Accepted, but with the answer Postmark gives when it is late: no ErrorCode."""
    results = orjson.loads(answer.body)
    for result in results if isinstance(results, list) else [results]:
        if result["ErrorCode"] == 0:
            del result["ErrorCode"]
            result["Message"] = "Message accepted, but delivery may be delayed."
    return json_answer(results)


def _is_json(header: bytes) -> bool:
    return b"application/json" in header.lower()


async def _send(send: Any, answer: Answer) -> None:
    headers = [
        (b"content-type", answer.type),
        (b"content-length", str(len(answer.body)).encode()),
        (b"x-request-id", str(uuid.uuid4()).encode()),
        *answer.headers,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _reset(transport: asyncio.Transport, receive: Any) -> None:
    """Closes with RST, as a crashed peer does, and waits until the server has noticed."""
    linger = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        continue
