"""An import undone: row by row what it created or changed goes back, except what people have touched since.

A row is claimed in the transaction that takes it back. Whatever several rows share, such as a new team, goes with the
last of them. What would happen is found out by doing it, in a transaction that is not kept.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import clock
from models.db import BY_INDEX
from models.imports.decision import Done, Return
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.row import ImportRow, State

TRIED = 1_000  # rows at most, while somebody waits for the page


class Rehearsal(NamedTuple):
    """What would go back. `of`: how many rows have something to take back; `tried`: how many of them it speaks of."""

    of: int
    tried: int
    undone: int
    kept: list[tuple[int, int, str]]  # (id, number, what stays and why)


def waiting(tx: Session, import_id: int, after: int, limit: int) -> list[int]:
    """Rows that something is to be taken back of."""
    found = select(ImportRow.id).where(ImportRow.import_id == import_id, ImportRow.state.in_(State.has_done()))
    return list(tx.scalars(found.where(ImportRow.id > after).order_by(ImportRow.id).limit(limit)))


def undo(tx: Session, ids: Sequence[int]) -> None:
    """Takes those back that still are to be, and says of each what became of it. A repeat does nothing."""
    tx.execute(BY_INDEX)
    done = [Done(*row) for row in tx.execute(_CLAIM, {"ids": list(ids)})]
    for import_id in sorted({row.import_id for row in done}):
        own = [row for row in done if row.import_id == import_id]
        imported = tx.get_one(Import, import_id)
        settle(tx, KINDS[imported.kind].take_back(tx, imported, own))


def settle(tx: Session, returns: Mapping[int, Return]) -> None:
    """`{id of the row: what went back}`; nothing else becomes of the row after that."""
    told = {
        str(number): {"state": State.KEPT if each.kept else State.UNDONE, "reason": each.reason}
        for number, each in returns.items()
    }
    tx.execute(_SETTLE, {"ids": list(returns), "told": orjson.dumps(told).decode(), "now": clock.now()})


def tried(tx: Session, imported: Import) -> Rehearsal | None:
    """What would become of the first rows of an import; None when it has not ended. Changes nothing."""
    rows, ids = tx.scalar(_DONE, {"import": imported.id}), waiting(tx, imported.id, 0, TRIED)
    trial = tx.begin_nested()
    try:
        if not imported.undo(tx):
            return None
        undo(tx, ids)
        found = select(ImportRow.id, ImportRow.number, ImportRow.reason).where(ImportRow.id.in_(ids))
        kept = tx.execute(found.where(ImportRow.state == State.KEPT).order_by(ImportRow.id)).all()
    finally:
        trial.rollback()
        tx.refresh(imported)
    return Rehearsal(rows or 0, len(ids), len(ids) - len(kept), [(row.id, row.number, row.reason) for row in kept])


_DONE = text("select count(*) from import_rows where import_id = :import and state in ('created', 'changed')")

_CLAIM = text("""
    select r.id, r.import_id, r.state, r.key, r.changes, r.subject_id
    from import_rows r join imports i on i.id = r.import_id
    where r.id = any(:ids) and r.state in ('created', 'changed') and i.state = 'undoing'
    order by r.id for update of r skip locked
""")

_SETTLE = text("""
    update import_rows r
    set state = told.each -> r.id::text ->> 'state', reason = told.each -> r.id::text ->> 'reason', settled_at = :now
    from (select cast(:told as jsonb) as each) told
    where r.id = any(:ids) and r.state in ('created', 'changed')
""")
