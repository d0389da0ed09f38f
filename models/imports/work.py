"""Rows read, expected, worked on: the same decisions for a dry run and for the run itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.db import BY_INDEX
from models.imports.cells import Unreadable
from models.imports.decision import Decision, Outcome
from models.imports.dialect import WORKBOOK
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.row import Claimed, ImportRow, Stored

Numbered = Sequence[tuple[int, list[str]]]


def expect(tx: Session, imported: Import, rows: Numbered) -> list[Stored]:
    """The rows, each with what would become of it now."""
    items, decided = _read(imported, rows)
    keys = {number: KINDS[imported.kind].key(item) for number, item in items.items()}
    decided |= _repeated(tx, imported, keys)
    rest = {number: item for number, item in items.items() if number not in decided}
    decided |= KINDS[imported.kind].decide(tx, imported, rest)
    return [Stored(n, cells, keys.get(n, ""), decided[n].outcome, decided[n].reason) for n, cells in rows]


def work(tx: Session, claimed: Sequence[Claimed]) -> dict[str, list[int]]:
    """Does what the rows say and settles each of them; returns the mails that follow, `{kind: ids}`."""
    tx.execute(BY_INDEX)
    mails: dict[str, list[int]] = {}
    imports = select(Import).where(Import.id.in_({row.import_id for row in claimed})).order_by(Import.id)
    for imported in tx.scalars(imports).all():
        own = [row for row in claimed if row.import_id == imported.id]
        for kind, ids in _work(tx, imported, own).items():
            mails.setdefault(kind, []).extend(ids)
    return mails


def _work(tx: Session, imported: Import, rows: Sequence[Claimed]) -> dict[str, list[int]]:
    kind = KINDS[imported.kind]
    items, decided = _read(imported, [(row.number, row.cells) for row in rows])
    decided = {row.number: Decision(Outcome.SKIPPED, row.left_out) for row in rows if row.left_out} | decided
    decided |= _repeated(tx, imported, {row.number: row.key for row in rows if row.number in items})
    rest = {number: item for number, item in items.items() if number not in decided}
    for _ in range(2):  # twice, when somebody else did the same at the same moment
        fresh = kind.decide(tx, imported, rest)
        lost = set(kind.carry_out(tx, imported, fresh))
        decided |= {number: decision for number, decision in fresh.items() if number not in lost}
        rest = {number: rest[number] for number in lost}
    decided |= {
        number: Decision(Outcome.SKIPPED, "somebody else is changing the same at this moment") for number in rest
    }
    mails = kind.invite(tx, imported, decided.values())
    ImportRow.settle(tx, {row.id: decided[row.number] for row in rows})
    return mails


def _read(imported: Import, rows: Numbered) -> tuple[dict[int, Any], dict[int, Decision]]:
    """`({number: what it says}, {number: why it cannot be read})`."""
    items, wrong = {}, {}
    for number, cells in rows:
        try:
            items[number] = KINDS[imported.kind].read(given(imported, cells), imported)
        except Unreadable as problem:
            wrong[number] = Decision(Outcome.INVALID, str(problem))
    return items, wrong


def given(imported: Import, cells: Sequence[str]) -> dict[str, str]:
    """`{field: cell}`; columns that are the same field are joined, such as a first and a last name.

    An attribute is `attribute:` and its column's name.
    """
    if any(cells[len(imported.columns) :]):
        raise Unreadable(f"it has {len(cells)} cells, and the table {len(imported.columns)} columns")
    found: dict[str, str] = {}
    for field, column, cell in zip(imported.mapping, imported.columns, cells, strict=False):
        if field and cell:
            if "\ufffd" in cell and imported.encoding != WORKBOOK:
                raise Unreadable(f"“{cell[:40]}” has letters that are not {imported.encoding}: is that the encoding?")
            word = f"{field}:{column}" if field == "attribute" else field
            found[word] = f"{found[word]} {cell}" if word in found else cell
    return found


def _repeated(tx: Session, imported: Import, keys: Mapping[int, str]) -> dict[int, Decision]:
    first = ImportRow.first_of(tx, imported.id, list(keys.items()))
    seen: dict[str, int] = {}
    for number, key in sorted(keys.items()):
        if number not in first and seen.setdefault(key, number) != number:
            first[number] = seen[key]
    return {n: Decision(Outcome.SKIPPED, f"the same as row {row}") for n, row in first.items()}
