"""A name server on loopback, over UDP and TCP, for demos, benchmarks and tests: python -m local.nameserver PORT

The first word of a name says what becomes of a question about it:

    absent      there is no such domain        null        takes no mail, RFC 7505     servfail    an error
    implicit    an address, and no MX          alias       another name of `mail.`     refused     another error
    bare        neither                        lost        of a domain that is absent  silent      no answer
    long        too many servers for UDP: the answer comes over TCP

Any other domain has a mail server, `mx.` of its own name.
"""

import asyncio
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

HOST = "127.0.0.1"
LARGEST = 1232  # bytes over UDP
TTL = 3600
Message = dns.message.Message


class Nameserver:
    """In a thread of its own; `questions` are those that came: `(name, type, "udp" or "tcp")`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.questions: list[tuple[str, str, str]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def answer(self, wire: bytes, over: str) -> bytes | None:
        asked = dns.message.from_wire(wire)
        name, kind = asked.question[0].name.to_text(omit_final_dot=True).lower(), asked.question[0].rdtype
        self.questions.append((name, dns.rdatatype.to_text(kind), over))
        told = dns.message.make_response(asked, recursion_available=True)
        if name.partition(".")[0] == "silent":
            return None
        _BEHAVIOURS.get(name.partition(".")[0], _ordinary)(told, name, kind)
        whole = told.to_wire(max_size=65_535)
        if over == "udp" and len(whole) > LARGEST:
            told.answer.clear()
            told.flags |= dns.flags.TC
            return told.to_wire()
        return whole

    async def _listen(self) -> None:
        self._udp, _ = await self._loop.create_datagram_endpoint(
            lambda: _Datagrams(self.answer), local_addr=(HOST, self.port)
        )
        self._tcp = await asyncio.start_server(self._talk, HOST, self.port)

    async def _close(self) -> None:
        self._udp.close()
        self._tcp.close()
        await self._tcp.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # somebody who only looked whether we listen
            size = int.from_bytes(await reader.readexactly(2), "big")
            if told := self.answer(await reader.readexactly(size), "tcp"):
                writer.write(len(told).to_bytes(2, "big") + told)
                await writer.drain()
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answer: Callable[[bytes, str], bytes | None]) -> None:
        self.answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if told := self.answer(data, "udp"):
            self.transport.sendto(told, addr)  # type: ignore[attr-defined]


def _ordinary(told: Message, name: str, kind: int) -> None:
    if kind == dns.rdatatype.MX:
        _add(told, name, "MX", f"20 mx2.{name}.", f"10 mx.{name}.")
    elif name.startswith("mx") and kind == dns.rdatatype.A:
        _add(told, name, "A", HOST)
    else:
        _nothing(told)


def _absent(told: Message, name: str, kind: int) -> None:
    told.set_rcode(dns.rcode.NXDOMAIN)
    _nothing(told)


def _implicit(told: Message, name: str, kind: int) -> None:
    if kind == dns.rdatatype.A:
        _add(told, name, "A", HOST)
    else:
        _nothing(told)


def _alias(told: Message, name: str, kind: int) -> None:
    rest = name.partition(".")[2]
    _add(told, name, "CNAME", f"mail.{rest}.")
    _ordinary(told, f"mail.{rest}", kind)


def _lost(told: Message, name: str, kind: int) -> None:
    _add(told, name, "CNAME", f"absent.{name.partition('.')[2]}.")
    _absent(told, name, kind)


def _null(told: Message, name: str, kind: int) -> None:
    _add(told, name, "MX", "0 .")


def _long(told: Message, name: str, kind: int) -> None:
    _add(told, name, "MX", *(f"{place} mail-server-number-{place}.{name}." for place in range(10, 100)))


def _nothing(told: Message, *_: object) -> None:
    soa = f"ns.example. hostmaster.example. 1 7200 900 1209600 {TTL}"
    told.authority.append(dns.rrset.from_text("example.", TTL, "IN", "SOA", soa))


def _add(told: Message, name: str, kind: str, *words: str) -> None:
    told.answer.append(dns.rrset.from_text(f"{name}.", TTL, "IN", kind, *words))


_BEHAVIOURS: dict[str, Callable[[Message, str, int], None]] = {
    "absent": _absent,
    "implicit": _implicit,
    "bare": _nothing,
    "null": _null,
    "alias": _alias,
    "lost": _lost,
    "long": _long,
    "servfail": lambda told, *_: told.set_rcode(dns.rcode.SERVFAIL),
    "refused": lambda told, *_: told.set_rcode(dns.rcode.REFUSED),
}


if __name__ == "__main__":
    with Nameserver(int(sys.argv[1])):
        threading.Event().wait()
