"""The rows of an import: each with its receipt, and all of them as the finished file."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from models.db import transaction
from models.exports.export import Export
from models.imports import listing
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.row import ImportRow, State
from models.verifying.verdict import Verdict
from web import exports
from web.listing import Listing, Sort
from web.visitor import managers_only, ours, visitor

page = Blueprint("import_rows", __name__)


@page.get("/imports/<id:import_id>/rows")
@managers_only
def index(import_id: int) -> str:
    wanted = _wanted()
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        rows, place = listing.looked_for(imported.id, **wanted, down=request.args.get("sort") == "last")
        found: Listing[ImportRow] = Listing.of(tx, rows, _sorts(place))
    about = {"states": list(State), "verdicts": list(Verdict), "wanted": wanted}
    return render_template("import_rows/index.html", imported=imported, found=found, **about)


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


def listed(import_id: int, after: int, size: int) -> tuple[Sequence[ImportRow], int | None]:
    """A page of the rows that the address asks for by `state` and `verdict`; and the `after` of the next."""
    with transaction() as tx:
        rows = listing.behind(tx, ours(tx, Import, import_id).id, after, size + 1, **_wanted())
    return [row for _, row in rows[:size]], rows[size - 1][0] if len(rows) > size else None


def _wanted() -> dict[str, str]:
    known: dict[str, type[StrEnum]] = {"state": State, "verdict": Verdict}
    asked = {name: request.args.get(name, "") for name in known}
    return {name: word for name, word in asked.items() if word in list(known[name])}


def _sorts(place: Any) -> dict[str, Sort]:
    return {"file": Sort("as in the file", (place,)), "last": Sort("from its end", (place,), down=True)}
