"""The first rows of a file, as they would be read."""

import io
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import IO, Any, NamedTuple

from sqlalchemy.orm import Session

from models.imports import guess, table
from models.imports.dialect import WORKBOOK, Dialect, NoTable
from models.imports.file import SAMPLE, Import
from models.imports.kind import Kind
from models.imports.piece import Joined, piece
from models.workbooks.workbook import Workbook

SHOWN = 20
LARGEST = 200_000_000  # bytes of a file
PATIENCE = 10.0  # seconds

Row = tuple[int, list[str]]


class Preview(NamedTuple):
    dialect: Dialect
    has_header: bool
    columns: list[str]
    rows: list[Row]
    mapping: list[str]
    sheets: Sequence[str] = ()  # of a workbook, those that are to be seen

    @classmethod
    def of(cls, sample: bytes, dialect: Dialect, kind: Kind, *, whole: bool, header: bool | None = None) -> "Preview":
        """Raises `NoTable`, also for a table that has names of columns and nothing else.

        whole: whether the sample is all of the file; otherwise its last row may be cut and is left out.
        header: whether the first row has the names; None to find out.
        """
        return cls._of_rows(_first(sample, dialect, whole), dialect, kind, header)

    @classmethod
    def of_workbook(cls, file: IO[bytes], kind: Kind, *, sheet: str = "", header: bool | None = None) -> "Preview":
        """Raises `NoTable`, also when its first rows are not found within `PATIENCE`.

        sheet: its name, or its number; blank for the first that has anything in it.
        """
        workbook = Workbook(file, PATIENCE)
        name, rows = workbook.rows(sheet)
        dialect = Dialect(WORKBOOK, "", sheet=name)
        seen = cls._of_rows(list(islice(rows, SHOWN + 1)), dialect, kind, header)
        return seen._replace(sheets=[each.name for each in workbook.sheets])

    @classmethod
    def _of_rows(cls, read: list[Row], dialect: Dialect, kind: Kind, header: bool | None) -> "Preview":
        rows = [cells for _, cells in read]
        header = guess.has_header(rows) if header is None else header
        columns = guess.names(rows, header)
        shown = read[1 if header else 0 :]
        if not shown:
            raise NoTable("it has names of columns, and no rows")
        mapping = guess.mapping(kind, columns, [cells for _, cells in shown])
        return cls(dialect, header, columns, shown, mapping)


def looked_at(file: IO[bytes], kind: Kind, sheet: str = "") -> tuple[Preview, int]:
    """What a file is found to be, and its size in bytes; it is at its start again. Raises `NoTable`.

    sheet: of a workbook, its name or its number.
    """
    sample = file.read(SAMPLE)
    size = file.seek(0, 2)
    if size > LARGEST:
        raise NoTable(f"it has more than {LARGEST // 1_000_000} MB")
    file.seek(0)
    if Workbook.is_one(sample):
        seen = Preview.of_workbook(file, kind, sheet=sheet)
    elif sheet:
        raise NoTable("it is no workbook, and has no sheets")
    else:
        seen = Preview.of(sample, Dialect.of(sample), kind, whole=size <= SAMPLE)
    file.seek(0)
    return seen, size


def stored(tx: Session, imported: Import, kind: Kind, *, dialect: Dialect, header: bool) -> Preview:
    """What a file that is kept is, read so. Raises `NoTable`."""
    if imported.encoding == WORKBOOK:
        file = io.BufferedReader(Joined(imported.size, partial(piece, imported.id, tx=tx)))
        return Preview.of_workbook(file, kind, sheet=dialect.sheet, header=header)
    sample = imported.sample(tx)
    found = Dialect.of(sample, dialect.encoding, dialect.delimiter)
    return Preview.of(sample, found, kind, whole=imported.size <= SAMPLE, header=header)


def keep(tx: Session, file: IO[bytes], seen: Preview, kind: Kind, **about: Any) -> Import:
    """The import of a file that has been looked at. `about`: its workspace, who brought it, its name and size."""
    imported = Import(
        kind=kind.word,
        encoding=seen.dialect.encoding,
        delimiter=seen.dialect.delimiter,
        skipped=seen.dialect.skipped,
        sheet=seen.dialect.sheet,
        has_header=seen.has_header,
        columns=seen.columns,
        mapping=seen.mapping,
        **about,
    )
    tx.add(imported)
    tx.flush()
    imported.mapping = imported.remembered(tx, seen.columns) or seen.mapping
    imported.keep(tx, file)
    return imported


def _first(sample: bytes, dialect: Dialect, whole: bool) -> list[Row]:
    read = []
    for row in table.rows([sample], dialect, whole=whole):
        read.append(row)
        if len(read) > SHOWN:
            return read
    return read if whole or len(read) < 2 else read[:-1]
