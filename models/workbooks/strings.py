"""Texts that cells share: read as far as somebody asks for one, and kept on disk. In memory is where each begins."""

import os
import re
from array import array
from collections.abc import Mapping
from math import inf
from tempfile import TemporaryFile
from typing import IO

from models.imports.dialect import NoTable
from models.imports.table import LONGEST_CELL
from models.workbooks import markup

MOST = 5_000_000


class Strings:
    def __init__(self, part: IO[bytes] | None, until: float = inf):
        self.file = TemporaryFile(buffering=0)  # noqa: SIM115  (as long as this is)
        self.ends = array("Q", [0])
        self.listener = _Listener()
        self.more = markup.told(part, self.listener, until) if part else iter(())

    def __getitem__(self, place: int) -> str:
        """Raises `NoTable` when there is none."""
        while len(self.ends) <= place + 1:
            self._read_on()
        start, end = self.ends[place : place + 2]
        return os.pread(self.file.fileno(), end - start, start).decode()

    def _read_on(self) -> None:
        try:
            next(self.more)
        except StopIteration:
            raise NoTable("it is a damaged workbook: a cell's text is not in it") from None
        found = [text.encode("utf-8", "replace") for text in self.listener.found]
        self.listener.found.clear()
        if len(self.ends) + len(found) > MOST:
            raise NoTable(f"it has more than {MOST:,} different texts: save the sheet as CSV")
        for text in found:
            self.ends.append(self.ends[-1] + len(text))
        self.file.write(b"".join(found))


class _Listener:
    """Each `si` is a text, in one piece or in several; how it is pronounced (`rPh`) is none of it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.size, self.listens, self.aside = 0, False, False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self.pieces, self.size = [], 0
        elif tag == "rPh":
            self.aside = True
        self.listens = tag == "t" and not self.aside

    def end(self, tag: str) -> None:
        self.listens = False
        if tag == "si":
            self.found.append(unescaped("".join(self.pieces)))
        elif tag == "rPh":
            self.aside = False

    def text(self, words: str) -> None:
        if self.listens:
            self.pieces.append(words)
            self.size += len(words)
            bound(self.size)


def bound(size: int) -> None:
    if size > LONGEST_CELL:
        raise NoTable(f"a cell has more than {LONGEST_CELL:,} characters")


def unescaped(text: str) -> str:
    """`_x000D_` is a sign that XML cannot hold: ECMA-376 part 1, 22.9.2.19. What PostgreSQL cannot hold goes."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return "" if number == 0 or 0xD800 <= number < 0xE000 else chr(number)


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
