"""A file read into rows by the page: each page is a transaction, and whoever goes on begins behind the last one."""

import io
from collections.abc import Iterator
from functools import partial

from sqlalchemy.orm import Session

from models import clock
from models.db import transaction
from models.imports import table
from models.imports.dialect import WORKBOOK, NoTable
from models.imports.file import AT_ONCE, Import, State
from models.imports.piece import Joined, piece, pieces
from models.imports.row import ImportRow
from models.imports.work import expect
from models.workbooks.workbook import Workbook

PAGE = 1_000  # rows
LARGE = 4_000_000  # characters: a page of wide rows ends earlier

Numbered = list[tuple[int, list[str]]]


def pages(import_id: int, version: int) -> Iterator[None]:
    """Stores page after page of an import's file, until it is checked or refused, or somebody has asked for another.

    Stopping anywhere loses nothing: the next call goes on from there.
    """
    imported = _begun(import_id, version)
    if imported is None:
        return
    try:
        for page in _unread(imported):
            if not _store(import_id, version, page):
                return
            yield
        _end(import_id, version)
    except NoTable as problem:
        _end(import_id, version, str(problem))


def _begun(import_id: int, version: int) -> Import | None:
    """The import, without the rows that an earlier version left."""
    while True:
        with transaction() as tx:
            imported = _own(tx, import_id, version)
            if imported is None or imported.read_to or not ImportRow.drop(tx, import_id):
                return imported


def _unread(imported: Import) -> Iterator[Numbered]:
    rows = _rows(imported)
    if imported.has_header:
        next(rows, None)
    page: Numbered = []
    size = 0
    for number, cells in rows:
        if number > imported.read_to:
            page.append((number, cells))
            size += sum(map(len, cells))
        if len(page) == PAGE or size > LARGE:
            yield page
            page, size = [], 0
    if page:
        yield page


def _rows(imported: Import) -> Iterator[tuple[int, list[str]]]:
    if imported.encoding != WORKBOOK:
        return table.rows(pieces(imported.id), imported.dialect)
    file = io.BufferedReader(Joined(imported.size, partial(piece, imported.id)))
    return Workbook(file).rows(imported.sheet)[1]


def _store(import_id: int, version: int, page: Numbered) -> bool:
    """False when it is not ours to store: it is for another version, or somebody else has stored it."""
    with transaction() as tx:
        imported = _own(tx, import_id, version)
        if imported is None or imported.read_to >= page[0][0]:
            return False
        ImportRow.store(tx, imported.workspace_id, import_id, expect(tx, imported, page))
        imported.read_to, imported.moved_at = page[-1][0], clock.now()
    return True


def _end(import_id: int, version: int, problem: str = "") -> None:
    with transaction() as tx:
        imported = _own(tx, import_id, version)
        if imported is None:
            return
        if not problem and not imported.read_to:
            problem = "it has no rows"
        imported.state, imported.problem, imported.moved_at = State.CHECKED, problem, clock.now()
        if problem:
            imported.state = State.REFUSED
        elif imported.options.get(AT_ONCE):
            imported.run(tx)


def _own(tx: Session, import_id: int, version: int) -> Import | None:
    imported = tx.get(Import, import_id, with_for_update=True)
    mine = imported is not None and imported.state == State.READING and imported.version == version
    return imported if mine else None
