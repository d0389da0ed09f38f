"""The first rows of a file, as they would be read."""

from typing import IO, Any, NamedTuple

from sqlalchemy.orm import Session

from models.imports import guess, table
from models.imports.dialect import Dialect, NoTable
from models.imports.file import SAMPLE, Import
from models.imports.kind import Kind

SHOWN = 20
LARGEST = 200_000_000  # bytes of a file


class Preview(NamedTuple):
    dialect: Dialect
    has_header: bool
    columns: list[str]
    rows: list[tuple[int, list[str]]]
    mapping: list[str]

    @classmethod
    def of(cls, sample: bytes, dialect: Dialect, kind: Kind, *, whole: bool, header: bool | None = None) -> "Preview":
        """Raises `NoTable`, also for a table that has names of columns and nothing else.

        whole: whether the sample is all of the file; otherwise its last row may be cut and is left out.
        header: whether the first row has the names; None to find out.
        """
        read = _first(sample, dialect, whole)
        rows = [cells for _, cells in read]
        header = guess.has_header(rows) if header is None else header
        columns = guess.names(rows, header)
        shown = read[1 if header else 0 :]
        if not shown:
            raise NoTable("it has names of columns, and no rows")
        mapping = guess.mapping(kind, columns, [cells for _, cells in shown])
        return cls(dialect, header, columns, shown, mapping)


def looked_at(file: IO[bytes], kind: Kind) -> tuple[Preview, int]:
    """What a file is found to be, and its size in bytes; it is at its start again. Raises `NoTable`."""
    sample = file.read(SAMPLE)
    size = file.seek(0, 2)
    file.seek(0)
    if size > LARGEST:
        raise NoTable(f"it has more than {LARGEST // 1_000_000} MB")
    return Preview.of(sample, Dialect.of(sample), kind, whole=size <= SAMPLE), size


def keep(tx: Session, file: IO[bytes], seen: Preview, kind: Kind, **about: Any) -> Import:
    """The import of a file that has been looked at. `about`: its workspace, who brought it, its name and size."""
    imported = Import(
        kind=kind.word,
        encoding=seen.dialect.encoding,
        delimiter=seen.dialect.delimiter,
        skipped=seen.dialect.skipped,
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


def _first(sample: bytes, dialect: Dialect, whole: bool) -> list[tuple[int, list[str]]]:
    read = []
    for row in table.rows([sample], dialect, whole=whole):
        read.append(row)
        if len(read) > SHOWN:
            return read
    return read if whole or len(read) < 2 else read[:-1]
