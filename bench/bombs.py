"""Files that are meant to do harm, by the piece: none of them is ever whole in anybody's memory, ours included."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

MEGABYTE = 1_000_000
GOOD = b"mail,name\n" + b"".join(b"person%d@people.example,Person\n" % number for number in range(12_000))  # 400 KB


class Bomb(NamedTuple):
    """make: its pieces, and how many megabytes are wanted; words: what the answer says, one of them."""

    make: Callable[[int], Iterator[bytes]]
    words: tuple[str, ...]
    at_the_door: bool = True
    megabytes: int = 199
    headers: Mapping[str, str] = MappingProxyType({})
    claims: float = 1.0  # of its size, what its Content-Length says; 0 for none: it comes in chunks
    cut: bool = False  # the connection is closed half-way


def again(piece: bytes, before: bytes = b"") -> Callable[[int], Iterator[bytes]]:
    """The piece again and again, behind something else."""
    block = piece * (MEGABYTE // len(piece))

    def make(megabytes: int) -> Iterator[bytes]:
        yield before
        for _ in range(megabytes):
            yield block

    return make


def once(content: bytes) -> Callable[[int], Iterator[bytes]]:
    return lambda _: iter([content])


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", bytes(50 * MEGABYTE))
    return file.getvalue()


def _columns(number: int) -> bytes:
    return b",".join(b"c%d" % place for place in range(number)) + b"\n"


LARGE = ("too large", "That is too large")
_CELL = ("quotation mark is never closed",)
_WIDE = ("columns, and a table here at most 500",)

BOMBS = {
    "only commas": Bomb(again(b","), _WIDE),
    "a row that quoted newlines never end": Bomb(again(b"x\n", b'mail,name\n"'), _CELL),
    "the same behind 12,000 people": Bomb(again(b"x\n", GOOD + b'"'), _CELL, at_the_door=False),
    "one row of quoted cells with newlines": Bomb(
        again(b'"' + b"x\n" * 40_000 + b'",', GOOD), ("row is longer",), False
    ),
    "one line of 199 MB": Bomb(again(b"x"), _CELL),
    "the same behind people": Bomb(again(b"x", GOOD), ("is longer than 1,000,000 characters",), False),
    "one line of 1 GB": Bomb(again(b"x"), LARGE, megabytes=1_000),
    "1 GB in chunks": Bomb(again(b"x"), LARGE, megabytes=1_000, claims=0.0),
    "a zip": Bomb(once(_zip()), ("it is a zip archive",)),
    "100,000 columns": Bomb(once(_columns(100_000) + b"x\n"), _WIDE),
    "501 columns behind people": Bomb(once(GOOD + _columns(501)), _WIDE, at_the_door=False),
    "nothing but NUL": Bomb(again(b"\0"), ("it is empty",)),
    "NUL among letters": Bomb(again(b"a,b\n\0"), ("it is not text",)),
    "NUL behind people": Bomb(again(b"\0", GOOD), ("is longer than 1,000,000 characters",), False),
    "nothing but quotation marks": Bomb(again(b'"'), _CELL),
    "nothing but line ends": Bomb(again(b"\n"), ("it is empty",)),
    "blank rows behind people": Bomb(again(b",\n", GOOD), ("blank rows on end",), at_the_door=False),
    "addresses of a thousand dots": Bomb(again(b"http://" + b"a." * 4_000), _CELL),
    "packed with gzip on its way": Bomb(
        once(gzip.compress(bytes(50 * MEGABYTE))), ("Content-Encoding",), headers={"Content-Encoding": "gzip"}
    ),
    "half of what it claims": Bomb(again(b"a@x.com\n"), ("cut", "malformed", "400"), megabytes=50, claims=2.0),
    "cut half-way": Bomb(again(b"a@x.com\n"), ("cut",), megabytes=50, cut=True),
}
