"""XML read as it comes, in memory that does not grow with it: no tree, no entities, no endless names.

A tree of a part is many times its size, and a row of a table may be as long as somebody likes.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from math import inf
from time import monotonic
from typing import IO, Protocol
from xml.parsers import expat
from zipfile import BadZipFile
from zlib import error as Damaged

from models.imports.dialect import NoTable

CHUNK = 65_536  # bytes
LONGEST_TOKEN = 4_000_000  # bytes: a tag, with all its attributes
DEEPEST = 64


class Listener(Protocol):
    """Hears tags by their own names, and text between them."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, words: str) -> None: ...


def told(part: IO[bytes], listener: Listener, until: float = inf) -> Iterator[None]:
    """Tells a listener what stands in a part; comes back after every few. Raises `NoTable` for what is no such XML.

    until: when there is no more time for it, by `time.monotonic`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = _tags(listener)
    parser.CharacterDataHandler = listener.text
    fed = 0
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise NoTable("it is a damaged workbook: a tag in it never ends")
            if monotonic() > until:
                raise NoTable("it takes too long to find its first rows: save the sheet as CSV")
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, BadZipFile, Damaged, EOFError):
        raise NoTable("it is a damaged workbook") from None


def heard(part: IO[bytes], listener: Listener) -> None:
    """All of a part, at once."""
    for _ in told(part, listener):
        pass


def _tags(listener: Listener) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise NoTable("it is a damaged workbook: its tags never end")
        listener.start(_own(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(_own(name))

    return start, end


@lru_cache(maxsize=1024)
def _own(name: str) -> str:
    """Without its namespace: there are two sets of them, ECMA-376's strict and transitional."""
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    """Entities make much of little; a workbook has none."""
    raise NoTable("it is a damaged workbook: it declares a document type")
