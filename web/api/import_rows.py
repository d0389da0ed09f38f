"""The rows of an import, each with its receipt: a page at a time, and all of them as the finished file."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from models.api_key import Scope
from models.exports.forms import FORMS
from models.imports.row import ImportRow, State
from models.verifying.verdict import Verdict
from web import exports, import_rows
from web.api import cursors, filters
from web.api.described import FILE, tells
from web.api.door import needs
from web.api.shapes import ANYTHING, COUNT, EXPORT, ID, MOMENT, TEXT, maybe, record, word
from web.api.shapes import page as page_of

page = Blueprint("import_rows_api", __name__)

ROW = record(
    id=ID, number=COUNT, cells={"type": "array", "items": TEXT}, state=word(*State), forecast=TEXT, reason=TEXT,
    changes=ANYTHING, verdict=maybe(TEXT), checks=maybe(ANYTHING), subject_id=maybe(ID), settled_at=maybe(MOMENT),
)  # fmt: skip
FORM = {"form": word(*FORMS)}
QUERY = {"state": word(*State), "verdict": word(*Verdict)}


@page.get("/imports/<id:import_id>/rows")
@needs(Scope.IMPORTS)
@tells(page_of("rows", ROW), query=cursors.QUERY | QUERY)
def index(import_id: int) -> Response:
    """The rows of an import, each with its receipt, in the order of the file."""
    filters.check("cursor", "limit", state=lambda text: text in list(State), verdict=lambda text: text in list(Verdict))
    after = int(request.args.get("cursor", 0))
    rows, more = import_rows.listed(import_id, after, cursors.limit())
    return cursors.sheet("rows", [_told(row) for row in rows], more)


@page.post("/imports/<id:import_id>/exports")
@needs(Scope.IMPORTS)
@tells(EXPORT, status=202, query=FORM)
def export(import_id: int) -> tuple[Response, int]:
    """The finished file, which is being made."""
    filters.check(form=FORMS.__contains__)
    return jsonify(exports.told(import_rows.exported(import_id, exports.wanted_form()))), 202


@page.get("/imports/<id:import_id>/exports/<id:export_id>")
@needs(Scope.IMPORTS)
@tells(EXPORT)
def exported(import_id: int, export_id: int) -> Response:
    """How far it has come."""
    return jsonify(exports.told(exports.of("import", export_id, import_id)))


@page.get("/imports/<id:import_id>/exports/<id:export_id>/file")
@needs(Scope.IMPORTS)
@tells(kind=FILE)
def file(import_id: int, export_id: int) -> Response:
    """The file, once it is made."""
    return exports.handed(exports.of("import", export_id, import_id))


def _told(row: ImportRow) -> dict[str, Any]:
    words = ("id", "number", "cells", "state", "forecast", "reason", "changes", "verdict", "checks", "subject_id")
    settled_at = row.settled_at.isoformat() if row.settled_at else None
    return {word: getattr(row, word) for word in words} | {"settled_at": settled_at}
