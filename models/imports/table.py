"""The rows of a file, one after another, however long it is: what is in memory is a line and a piece of the file."""

import csv
import io
from collections.abc import Iterable, Iterator

from models.imports.dialect import Dialect, NoTable

LONGEST_LINE = 1_000_000  # characters
LONGEST_ROW = 1_000_000
LONGEST_CELL = 100_000
MOST_COLUMNS = 500
MOST_BLANK = 1_100_000  # rows on end: spreadsheets leave a million of them behind the last person

csv.field_size_limit(LONGEST_CELL)


def rows(pieces: Iterable[bytes], dialect: Dialect, *, whole: bool = True) -> Iterator[tuple[int, list[str]]]:
    """`(number, cells)` of every row that is not blank, trimmed, and without what PostgreSQL cannot hold.

    Numbers are those that a spreadsheet shows beside the rows. Raises `NoTable` where it stops being a table, once it
    comes there.

    whole: whether that is all of the file; otherwise its end may be anywhere.
    """
    last = 0  # that is not blank
    for number, (line, cells) in enumerate(_read(pieces, dialect, whole), 1):
        if any(cells):
            yield number, cells
            last = number
        elif number - last > MOST_BLANK:
            raise NoTable(f"up to line {line:,} there are {MOST_BLANK:,} blank rows on end")


def _read(pieces: Iterable[bytes], dialect: Dialect, whole: bool) -> Iterator[tuple[int, list[str]]]:
    """`(line in which it ends, cells)` of every row."""
    lines = _Lines(_text(pieces, dialect.encoding), dialect.skipped)
    reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote)
    while True:
        before = lines.begin_row()
        try:
            row = next(reader, None)
        except csv.Error:
            raise NoTable(f"line {reader.line_num:,}: {_UNCLOSED}") from None
        if row is None:
            break
        if len(row) > MOST_COLUMNS:
            raise NoTable(f"line {reader.line_num:,} has {len(row):,} columns, and a table here at most {MOST_COLUMNS}")
        yield reader.line_num, [cell.replace("\0", "").strip() for cell in row]
    if whole and _is_open(before, dialect):
        raise NoTable(f"line {reader.line_num:,}: {_UNCLOSED}")


_UNCLOSED = f"a quotation mark is never closed, or a cell has more than {LONGEST_CELL:,} characters"


def _text(pieces: Iterable[bytes], encoding: str) -> io.TextIOWrapper:
    """Without a byte order mark."""
    file = io.BufferedReader(_Joined(pieces), 1_000_000)
    return io.TextIOWrapper(file, "utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline="")


def _is_open(lines: list[str], dialect: Dialect) -> bool:
    """Whether the last row ends within quotation marks: it has swallowed all that came after the first of them."""
    try:
        list(csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error as problem:
        return "unexpected end" in str(problem)
    return False


class _Lines:
    """The lines of a file, and those of the row that is being read: between quotation marks it may have many."""

    def __init__(self, text: io.TextIOWrapper, skipped: int):
        self.text, self.skipped, self.number = text, skipped, 0
        self.row: list[str] = []
        self.length = 0

    def begin_row(self) -> list[str]:
        """What the row before consists of."""
        before, self.row, self.length = self.row, [], 0
        return before

    def __iter__(self) -> Iterator[str]:
        while line := self.text.readline(LONGEST_LINE + 1):
            self.number += 1
            if len(line) > LONGEST_LINE:
                raise NoTable(f"line {self.number:,} is longer than {LONGEST_LINE:,} characters")
            if self.number > self.skipped:
                self._take(line)
                yield line.removeprefix("\ufeff") if self.number == 1 else line

    def _take(self, line: str) -> None:
        self.row.append(line)
        self.length += len(line)
        if self.length > LONGEST_ROW:
            raise NoTable(f"line {self.number:,}: a row is longer than {LONGEST_ROW:,} characters; {_UNCLOSED}")


class _Joined(io.RawIOBase):
    """Pieces of bytes as one file."""

    def __init__(self, pieces: Iterable[bytes]):
        self.pieces, self.rest = iter(pieces), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.rest:
            self.rest = memoryview(next(self.pieces, b""))
        size = min(len(buffer), len(self.rest))
        buffer[:size] = self.rest[:size]
        self.rest = self.rest[size:]
        return size
