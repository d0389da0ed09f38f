"""The first rows of a file, as they would be read."""

from typing import NamedTuple

from models.imports import guess, table
from models.imports.dialect import Dialect, NoTable
from models.imports.kind import Kind

SHOWN = 20


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


def _first(sample: bytes, dialect: Dialect, whole: bool) -> list[tuple[int, list[str]]]:
    read = []
    for row in table.rows([sample], dialect):
        read.append(row)
        if len(read) > SHOWN:
            return read
    return read if whole or len(read) < 2 else read[:-1]
