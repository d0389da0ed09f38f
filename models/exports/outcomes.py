"""The rows of an import with what became of each: the finished file."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.exports.export import Export
from models.exports.source import Line
from models.imports import checks, listing
from models.imports.file import Import
from models.imports.progress import Progress
from models.imports.row import ImportRow, State

COLUMNS = ("Row", "Outcome", "Reason", "Changes")


class Outcomes:
    """`about` is `{"import": its number}`."""

    word = "import"

    def total(self, tx: Session, export: Export) -> int:
        return Progress.of(tx, export.about["import"]).total

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        imported = tx.get_one(Import, export.about["import"])
        return [*imported.columns, *COLUMNS, *checks.columns(imported)]

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        imported = tx.get_one(Import, export.about["import"])
        rows = listing.behind(tx, imported.id, export.after, most)
        return [Line(row.number, _cells(imported, row)) for _, row in rows]


def _cells(imported: Import, row: ImportRow) -> list[object]:
    given = [*row.cells, *[""] * len(imported.columns)][: len(imported.columns)]
    changes = "; ".join(f"{what}: {before} → {after}" for what, (before, after) in row.changes.items())
    outcome = row.state if row.state != State.PENDING else f"expected: {row.forecast}"
    return [*given, str(row.number), outcome, row.reason, changes, *checks.cells(imported, row)]
