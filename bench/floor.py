"""The physical limit here: requests made beforehand, carried to the sandbox by a bare loop that does nothing else.

No database, no queue, no letter to write: whoever sends the same letters to the same sandbox cannot be faster.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator
from itertools import repeat
from urllib.parse import urlsplit

import orjson
import uvloop

from bench import letters, measure
from bench.command import Report
from bench.stage import Stage, say

N = 100_000
BATCH = 500
TOGETHER = (1, 4, 8)  # connections, with calls of 500
SINGLY = (50, 200)  # connections, with calls of one
SHARE = 10  # one by one only a tenth of the messages goes


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    system.provider.behave(latency_ms=options.latency_ms)
    template = letters.template()
    made = [letters.message(template, number) for number in range(1, BATCH + 1)]
    batch = orjson.dumps(made)
    together = {each: _measure(system, "/email/batch", batch, BATCH, n // BATCH or 1, each) for each in TOGETHER}
    singly = {each: _measure(system, "/email", orjson.dumps(made[0]), 1, n // SHARE or 1, each) for each in SINGLY}
    best = max(together.values(), key=lambda report: float(report["per_second"]))
    return {
        "name": "floor",
        "n": n,
        "seconds": best["seconds"],
        "per_second": best["per_second"],
        "together": together,
        "one_by_one": singly,
        "letter_bytes": len(batch) // BATCH,
        "latency_ms": options.latency_ms,
    }


def _measure(system: Stage, path: str, body: bytes, size: int, calls: int, connections: int) -> Report:
    say(f"{calls} calls of {size} over {connections} connections")
    connections = min(connections, calls)
    before, cpu, began = system.provider.summary(), time.process_time(), time.perf_counter()
    uvloop.run(_carry(system.provider.url, path, body, calls, connections))
    seconds, own = time.perf_counter() - began, time.process_time() - cpu
    after = system.provider.summary()
    accepted = after["accepted"] - before["accepted"]
    return {
        "accepted": accepted,
        "lost": calls * size - accepted,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(accepted, seconds),
        "sandbox_cpu_us_each": round((after["cpu_seconds"] - before["cpu_seconds"]) / accepted * 1e6),
        "carrier_cpu_us_each": round(own / accepted * 1e6),
    }


async def _carry(url: str, path: str, body: bytes, calls: int, connections: int) -> None:
    parts = urlsplit(url)
    waiting = repeat(None, calls)
    whole = _head(path, len(body)) + body
    await asyncio.gather(
        *(_serve(str(parts.hostname), int(parts.port or 80), whole, waiting) for _ in range(connections))
    )


async def _serve(host: str, port: int, whole: bytes, waiting: Iterator[None]) -> None:
    """One connection: the next request as soon as the last is answered."""
    reader, writer = await asyncio.open_connection(host, port)
    for _ in waiting:
        writer.write(whole)
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head[:20]:
            raise ConnectionError(head.decode())
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
    writer.close()
    await writer.wait_closed()


def _head(path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: sandbox\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
        f"X-Postmark-Server-Token: floor\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
