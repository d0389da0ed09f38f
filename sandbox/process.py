"""Running the sandbox: a socket, uvicorn on it, and the postman and courier beside it, until told to stop."""

import asyncio
import gc
import signal
import socket
import sys
from typing import Any

import orjson
import uvicorn
import uvloop
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox.app import App
from sandbox.exchange import Body
from sandbox.postman import deliver_forever
from sandbox.server import Server
from sandbox.settings import Settings


class Protocol(HttpToolsProtocol):
    """Hands the application the transport, so that a fault may reset it, and the body whole, not in 64 KB pieces."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.gathered = Body()
        self.scope["transport"] = self.transport  # type: ignore[typeddict-unknown-key]
        self.scope["body"] = self.gathered  # type: ignore[typeddict-unknown-key]

    def on_body(self, body: bytes) -> None:
        self.gathered.add(body)


def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT; prints one line of JSON, {"url": …}, when ready. Raises OSError: port taken."""
    listening = _listen(settings)
    host, port = listening.getsockname()[:2]
    server = Server(settings)
    server.url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))  # uvicorn stops first, then raises the signal again
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # what arrives makes no cycles, and all that is kept would be searched for them
    uvloop.run(_serve(server, listening))


def _listen(settings: Settings) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((settings.host, settings.port))
    return listening


async def _serve(server: Server, listening: socket.socket) -> None:
    config = uvicorn.Config(
        App(server),
        http=Protocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        backlog=2048,
    )
    beside = [asyncio.create_task(server.courier.run()), asyncio.create_task(deliver_forever(server))]
    await _Announced(config, server.url).serve(sockets=[listening])
    for task in beside:
        task.cancel()


class _Announced(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str):
        super().__init__(config)
        self.url = url

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets=sockets)
        print(orjson.dumps({"url": self.url}).decode(), flush=True)
