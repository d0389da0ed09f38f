"""The rows of an import in the order of its file, by the page: the last of a million is as quick as the first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from models.imports.row import ImportRow, State

_PENDING = ImportRow.state == State.PENDING


def looked_for(import_id: int, state: str = "", verdict: str = "", *, down: bool = False) -> tuple[Select[Any], Any]:
    """Rows, and the column that has them in the order of the file: unique among them, and found by an index.

    What is blank narrows nothing. Until it has its receipt, a row is also found by the state it is expected to end in.
    down: whether they are going to be read from the end.
    """
    mine = select(ImportRow).filter_by(import_id=import_id)
    if verdict:
        found = mine.where(ImportRow.verdict == verdict, ImportRow.verdict != "")
        settled, expected = ImportRow.state == state, and_(_PENDING, ImportRow.forecast == state)
        return (found.where(or_(settled, expected)) if state else found), ImportRow.id
    return _shown_as(import_id, state, down) if state else (mine, ImportRow.number)


def _shown_as(import_id: int, state: str, down: bool) -> tuple[Select[Any], Any]:
    """Two halves, each in order by an index of its own: only then are they merged as they are read."""
    mine = select(ImportRow).filter_by(import_id=import_id)
    settled, expected = mine.filter_by(state=state), mine.where(_PENDING, ImportRow.forecast == state)
    place = ImportRow.id.desc() if down else ImportRow.id
    halves = (select(half.order_by(place).subquery()) for half in (settled, expected))
    row = aliased(ImportRow, union_all(*halves).subquery())
    return select(row), row.id


def behind(
    tx: Session, import_id: int, after: int, most: int, state: str = "", verdict: str = ""
) -> Sequence[tuple[int, ImportRow]]:
    """The next of them, each with its place: `after` is 0, or that of the last one."""
    found, place = looked_for(import_id, state, verdict)
    rows = tx.execute(found.add_columns(place).where(place > after).order_by(place).limit(most))
    return [(number, row) for row, number in rows]
