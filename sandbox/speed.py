"""python -m sandbox.speed --n 20000 --json: how fast a sandbox process takes mail, the ceiling of benchmarks on it.

Starts a sandbox of its own. The load comes from this process: the bytes of every request are made before the clock
starts, then written to plain sockets by a few threads, and of each answer only its length and status are read.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import orjson

BATCH = 500


@dataclass(slots=True)
class Load:
    """What one connection sends, one request after the other."""

    path: str
    bodies: list[bytes]


def main() -> None:
    options = _options()
    results = [measure(options.n, options.kilobytes, BATCH, options.batch_connections)]
    results.append(measure(options.n // 4, options.kilobytes, 1, options.connections))
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        for result in results:
            print("  ".join(f"{key} {value}" for key, value in result.items()))


def measure(count: int, kilobytes: int, batch: int, connections: int) -> dict[str, Any]:
    """Sends `count` messages, `batch` a call, and tells messages per second and the sandbox's own CPU use."""
    loads = _loads(count, kilobytes, batch, connections)
    process, url = _start()
    try:
        before = _summary(url)
        started = time.perf_counter()
        _send_all(url, loads)
        seconds = time.perf_counter() - started
        after = _summary(url)
    finally:
        _stop(process)
    cpu = after["cpu_seconds"] - before["cpu_seconds"]
    return {
        "path": loads[0].path,
        "messages": after["accepted"],
        "kilobytes_each": kilobytes,
        "messages_per_call": batch,
        "connections": len(loads),
        "messages_per_second": round(after["accepted"] / seconds),
        "seconds": round(seconds, 2),
        "sandbox_cpu_seconds": round(cpu, 2),
        "sandbox_rss_mb": round(after["rss_bytes"] / 1e6),
        "load_average": os.getloadavg()[0],
    }


def _loads(count: int, kilobytes: int, batch: int, connections: int) -> list[Load]:
    """At most 40 different bodies: their addresses repeat, which the sandbox does not mind."""
    calls = max(count // batch, 1)
    bodies = [_body(number * batch, kilobytes, batch) for number in range(min(calls, 40))]
    path = "/email/batch" if batch > 1 else "/email"
    shares: list[list[bytes]] = [[] for _ in range(min(connections, calls))]
    for call in range(calls):
        shares[call % len(shares)].append(bodies[call % len(bodies)])
    return [Load(path, share) for share in shares]


def _body(first: int, kilobytes: int, batch: int) -> bytes:
    line = '<p style="margin:0 0 16px;font:16px/1.5 sans-serif">Hello, this is one line of a letter.</p>\n'
    html = (line * (kilobytes * 1024 // len(line) + 1))[: kilobytes * 1024]
    messages = [
        {
            "From": "Ada <ada@example.com>",
            "To": f"reader{number}@example.org",
            "Subject": "What we got done",
            "HtmlBody": html,
            "TextBody": "What we got done",
            "Tag": "speed",
            "MessageStream": "broadcast",
            "Metadata": {"delivery": str(number + 1), "batch": "5b1f0d0e-0000-4000-8000-000000000001"},
        }
        for number in range(first, first + batch)
    ]
    return orjson.dumps(messages if batch > 1 else messages[0])


def _start() -> tuple["subprocess.Popen[bytes]", str]:
    process = subprocess.Popen([sys.executable, "-m", "sandbox", "--port", "0"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())["url"]


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _summary(url: str) -> dict[str, Any]:
    with urlopen(f"{url}/sandbox/record/summary") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def _send_all(url: str, loads: list[Load]) -> None:
    threads = [threading.Thread(target=_send, args=(url, load)) for load in loads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _send(url: str, load: Load) -> None:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for body in load.bodies:
            connection.sendall(_head(load.path, len(body)))
            connection.sendall(body)
            _read_answer(connection)


def _head(path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: sandbox\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
        f"X-Postmark-Server-Token: speed\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def _read_answer(connection: socket.socket) -> None:
    """Raises ConnectionError unless the answer is a whole 200."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    if b" 200 " not in head[:20]:
        raise ConnectionError(head.decode())
    left = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(1 << 18)
    if not data:
        raise ConnectionError("the sandbox hung up")
    return data


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox.speed", description=__doc__)
    parser.add_argument("--n", type=int, default=20_000, help="messages by batch; a quarter of it one by one")
    parser.add_argument("--kilobytes", type=int, default=20, help="of HTML in each message")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--batch-connections", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
