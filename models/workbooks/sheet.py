"""The rows of a sheet as they are read: what is in memory is a few rows, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import IO, NamedTuple

from models.imports.dialect import NoTable
from models.imports.table import LONGEST_LINE, MOST_COLUMNS
from models.workbooks import formats, markup
from models.workbooks.formats import Look
from models.workbooks.strings import Strings, bound, unescaped

LAST_ROW = 1_048_576


class Manner(NamedTuple):
    """What a workbook says of its cells: the looks of numbers by style, where days are counted from, shared texts."""

    looks: Sequence[Look]
    since_1904: bool
    strings: Strings


def rows(part: IO[bytes], manner: Manner, until: float = inf) -> Iterator[tuple[int, list[str]]]:
    """`(number, cells)` of every row that is not blank, trimmed. Raises `NoTable`, once it comes to what is none."""
    listener = _Listener(manner)
    for _ in markup.told(part, listener, until):
        yield from listener.found
        listener.found.clear()


class _Listener:
    def __init__(self, manner: Manner):
        self.manner = manner
        self.found: list[tuple[int, list[str]]] = []
        self.number = self.column = 0
        self.cells: dict[int, str] = {}
        self.kind, self.look, self.aside = "n", Look(), False
        self.heard: dict[str, str] = {}
        self.pieces: list[str] | None = None
        self.size = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "f", "t"):
            self.pieces = None if self.aside else []
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "rPh":
            self.aside = True

    def text(self, words: str) -> None:
        if self.pieces is not None:
            self.pieces.append(words)
            self.size += len(words)
            bound(self.size)

    def end(self, tag: str) -> None:
        if tag in ("v", "f", "t"):
            self.heard[tag] = self.heard.get(tag, "") + "".join(self.pieces or ())
            self.pieces = None
        elif tag == "c":
            if self.heard:
                self._keep(self._shown().replace("\0", "").strip())
        elif tag == "row":
            if self.cells:
                self.found.append((self.number, [self.cells.get(n, "") for n in range(1, max(self.cells) + 1)]))
        elif tag == "rPh":
            self.aside = False

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = _number(attributes.get("r", ""), self.number + 1, LAST_ROW)
        if number <= self.number:
            raise NoTable(f"it is a damaged workbook: row {number:,} comes after row {self.number:,}")
        self.number, self.cells, self.column = number, {}, 0

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.column = _column(attributes.get("r", "")) or self.column + 1
        self.kind = attributes.get("t", "n")
        looks, style = self.manner.looks, attributes.get("s", "")
        self.look = looks[int(style)] if style.isdecimal() and int(style) < len(looks) else Look()
        self.heard, self.size = {}, 0

    def _shown(self) -> str:
        """What a person sees; of a formula that nothing has calculated, the formula."""
        value = self.heard.get("v", "")
        if self.kind == "inlineStr":
            return unescaped(self.heard.get("t", ""))
        if not value:
            return f"={self.heard['f']}" if self.heard.get("f") else ""
        if self.kind == "s":
            return self.manner.strings[_number(value, 0, 2**40)]
        if self.kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if self.kind == "n":
            return formats.shown(value, self.look, self.manner.since_1904)
        return formats.iso(value) if self.kind == "d" else unescaped(value)

    def _keep(self, cell: str) -> None:
        if not cell:
            return
        if self.column > MOST_COLUMNS:
            raise NoTable(f"row {self.number:,} has more columns than {MOST_COLUMNS}, the most that a table has here")
        self.cells[self.column] = cell
        if len(cell) > 1_000 and sum(map(len, self.cells.values())) > LONGEST_LINE:
            raise NoTable(f"row {self.number:,} is longer than {LONGEST_LINE:,} characters")


def _number(text: str, usual: int, most: int) -> int:
    """Of a row, or a text."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text) <= most):
        raise NoTable("it is a damaged workbook: a number in it is none")
    return int(text)


def _column(reference: str) -> int:
    """1 for A, 28 for AB; 0 when the cell does not say."""
    letters = reference.rstrip("0123456789$").replace("$", "")
    if len(letters) > 3 or not (letters.isascii() and letters.isalpha()):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
