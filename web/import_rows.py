"""The rows of an import: each with its receipt, and all of them as the finished file."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from flask import Blueprint, Response, render_template, request

from models.db import transaction
from models.imports import checks, listing
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.progress import Progress
from models.imports.row import ImportRow, State
from models.verifying.verdict import Verdict
from web.exports import SIZE, cell, text
from web.visitor import managers_only, ours

page = Blueprint("import_rows", __name__)

SHOWN = 100
OUTCOMES = ("Row", "Outcome", "Reason", "Changes")


@page.get("/imports/<id:import_id>/rows")
@managers_only
def index(import_id: int) -> str:
    imported, rows, more = listed(import_id)
    with transaction() as tx:
        progress = Progress.of(tx, imported.id)
    about = {"imported": imported, "progress": progress, "wanted": _wanted("state", State), "states": list(State)}
    about |= {"verdict": _wanted("verdict", Verdict), "verdicts": list(Verdict)}
    return render_template("import_rows/index.html", rows=rows, more=more, **about)


@page.get("/import-rows/<id:row_id>")
@managers_only
def show(row_id: int) -> str:
    with transaction() as tx:
        row = ours(tx, ImportRow, row_id)
        imported = ours(tx, Import, row.import_id)
    labels = {field.word: field.label for field in KINDS[imported.kind].fields}
    return render_template("import_rows/show.html", row=row, imported=imported, labels=labels)


@page.get("/imports/<id:import_id>/finished.csv")
@managers_only
def finished(import_id: int) -> Response:
    return written(import_id)


def listed(import_id: int) -> tuple[Import, Sequence[ImportRow], int | None]:
    """A page of the rows that the address asks for by `state`, `verdict` and `after`; and the `after` of the next."""
    state, verdict = _wanted("state", State), _wanted("verdict", Verdict)
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        rows = listing.listed(tx, imported.id, state, _after(), SHOWN + 1, verdict)
    return imported, rows[:SHOWN], rows[SHOWN - 1].number if len(rows) > SHOWN else None


def written(import_id: int) -> Response:
    """What was uploaded with what became of it, as things are now, read as it is written."""
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
    told = {"Content-Disposition": f'attachment; filename="import-{import_id}.csv"'}
    return Response(_lines(imported), content_type="text/csv; charset=utf-8", headers=told)


def _lines(imported: Import) -> Iterator[str]:
    yield "\ufeff" + text([[cell(name) for name in (*imported.columns, *OUTCOMES, *checks.columns(imported))]])
    after = 0
    while page := _page(imported.id, after):
        yield text(_line(imported, row) for row in page)
        after = page[-1].number


def _page(import_id: int, after: int) -> Sequence[ImportRow]:
    with transaction() as tx:
        return listing.listed(tx, import_id, "", after, SIZE)


def _line(imported: Import, row: ImportRow) -> list[str]:
    given = [*row.cells, *[""] * len(imported.columns)][: len(imported.columns)]
    changes = "; ".join(f"{what}: {before} → {after}" for what, (before, after) in row.changes.items())
    outcome = row.state if row.state != State.PENDING else f"expected: {row.forecast}"
    return [
        cell(each) for each in (*given, str(row.number), outcome, row.reason, changes, *checks.cells(imported, row))
    ]


def _wanted(name: str, known: type[StrEnum]) -> str:
    wanted = request.args.get(name, "")
    return wanted if wanted in list(known) else ""


def _after() -> int:
    wanted = request.args.get("after", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
