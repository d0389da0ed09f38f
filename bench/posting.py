"""A file sent over HTTP by the piece, as a form or as the body; with a wrong length or cut half-way, if it is to be."""

import http.client
import json
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

from lxml import html

from bench.bombs import LARGE, Bomb

EDGE = "----awkward"


class Door(NamedTuple):
    name: str
    address: str
    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]  # of the form around the file; none when it is the body itself


class Outcome(NamedTuple):
    status: int
    words: str
    number: int  # of the import, when it was taken
    sending: float  # seconds

    @staticmethod
    def read(answer: http.client.HTTPResponse) -> dict[str, Any]:
        found = json.loads(answer.read())
        return found if isinstance(found, dict) else {}


def posted(door: Door, bomb: Bomb, scale: float) -> Outcome:
    megabytes = bomb.megabytes if bomb.words == LARGE else max(1, int(bomb.megabytes * scale))
    before, after = _around(door)
    size = len(before) + sum(map(len, bomb.make(megabytes))) + len(after)
    connection = http.client.HTTPConnection(door.address, timeout=120)
    began = time.perf_counter()
    _head(connection, door, bomb, size)
    with suppress(BrokenPipeError, ConnectionResetError):  # it is refused before all of it is there
        _send(connection, bomb, chain([before], bomb.make(megabytes), [after]), size)
    sending = time.perf_counter() - began
    if bomb.cut or bomb.claims > 1:
        connection.close()
        time.sleep(1)
        return Outcome(0, "cut", 0, sending)
    return _answered(connection, sending)


def _around(door: Door) -> tuple[bytes, bytes]:
    if not door.fields:
        return b"", b""
    fields = "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{word}\r\n'
        for name, word in door.fields.items()
    )
    file = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
    return (fields + file).encode(), f"\r\n--{EDGE}--\r\n".encode()


def _head(connection: http.client.HTTPConnection, door: Door, bomb: Bomb, size: int) -> None:
    kind = f"multipart/form-data; boundary={EDGE}" if door.fields else "text/csv"
    connection.putrequest("POST", door.path)
    for name, word in {**door.headers, "Content-Type": kind, **bomb.headers}.items():
        connection.putheader(name, word)
    if bomb.claims:
        connection.putheader("Content-Length", str(int(size * bomb.claims)))
    else:
        connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()


def _send(connection: http.client.HTTPConnection, bomb: Bomb, pieces: Iterable[bytes], size: int) -> None:
    sent = 0
    for piece in filter(None, pieces):  # an empty chunk would be the last
        if bomb.cut and sent > size / 2:
            return
        connection.send(piece if bomb.claims else b"%x\r\n%b\r\n" % (len(piece), piece))
        sent += len(piece)
    if not bomb.claims:
        connection.send(b"0\r\n\r\n")


def _answered(connection: http.client.HTTPConnection, sending: float) -> Outcome:
    try:
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as problem:
        return Outcome(0, f"no answer: {problem!r}", 0, sending)
    if answer.headers.get_content_type() == "application/json":
        told = json.loads(body)
        return Outcome(answer.status, told.get("error", {}).get("message", ""), told.get("id", 0), sending)
    page = html.fromstring(body) if body else None
    words = "" if page is None else " ".join(page.xpath("string(//main)").split())
    problems = [] if page is None else page.xpath("//ul[@class='errors']//text()[normalize-space()]")
    return Outcome(answer.status, " ".join(problems) or words or answer.headers.get("Location", ""), 0, sending)
