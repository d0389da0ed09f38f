"""The rows of an import: each with its receipt, and all of them as the finished file."""

from collections.abc import Sequence
from enum import StrEnum

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from models.db import transaction
from models.exports.export import Export
from models.imports import listing
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.progress import Progress
from models.imports.row import ImportRow, State
from models.verifying.verdict import Verdict
from web import exports
from web.visitor import managers_only, ours, visitor

page = Blueprint("import_rows", __name__)

SHOWN = 100


@page.get("/imports/<id:import_id>/rows")
@managers_only
def index(import_id: int) -> str:
    imported, rows, more = listed(import_id, _after(), SHOWN)
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


@page.post("/imports/<id:import_id>/exports")
@managers_only
def export(import_id: int) -> AnyResponse:
    return exports.led(exported(import_id, exports.wanted_form(), visitor.user.id))


def exported(import_id: int, form: str, user_id: int | None = None) -> Export:
    """What was uploaded with what became of it, as a file that is being made."""
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
    name = imported.name.rpartition(".")[0] or imported.name
    return exports.asked("import", {"import": imported.id}, f"{name} with outcomes", form, user_id)


def listed(import_id: int, after: int, size: int) -> tuple[Import, Sequence[ImportRow], int | None]:
    """A page of the rows that the address asks for by `state` and `verdict`; and the `after` of the next."""
    state, verdict = _wanted("state", State), _wanted("verdict", Verdict)
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        rows = listing.listed(tx, imported.id, state, after, size + 1, verdict)
    return imported, rows[:size], rows[size - 1].number if len(rows) > size else None


def _wanted(name: str, known: type[StrEnum]) -> str:
    wanted = request.args.get(name, "")
    return wanted if wanted in list(known) else ""


def _after() -> int:
    wanted = request.args.get("after", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
