"""The rows of an import, each with its receipt: a page at a time, and all of them as the finished file."""

from typing import Any

from flask import Blueprint, Response, jsonify

from models.api_key import Scope
from models.exports.forms import FORMS
from models.imports.row import ImportRow, State
from models.verifying.verdict import Verdict
from web import exports, import_rows
from web.api import filters
from web.api.door import needs

page = Blueprint("import_rows_api", __name__)


@page.get("/imports/<id:import_id>/rows")
@needs(Scope.IMPORTS)
def index(import_id: int) -> Response:
    """In the order of the file; `?after=` takes what `next` says, and `?state=` and `?verdict=` narrow."""
    filters.check("after", state=lambda text: text in list(State), verdict=lambda text: text in list(Verdict))
    _, rows, more = import_rows.listed(import_id)
    return jsonify(rows=[_told(row) for row in rows], next=more)


@page.post("/imports/<id:import_id>/exports")
@needs(Scope.IMPORTS)
def export(import_id: int) -> tuple[Response, int]:
    """The finished file, which is being made."""
    filters.check(form=FORMS.__contains__)
    return jsonify(exports.told(import_rows.exported(import_id, exports.wanted_form()))), 202


@page.get("/imports/<id:import_id>/exports/<id:export_id>")
@needs(Scope.IMPORTS)
def exported(import_id: int, export_id: int) -> Response:
    return jsonify(exports.told(exports.of("import", import_id, export_id)))


@page.get("/imports/<id:import_id>/exports/<id:export_id>/file")
@needs(Scope.IMPORTS)
def file(import_id: int, export_id: int) -> Response:
    return exports.handed(exports.of("import", import_id, export_id))


def _told(row: ImportRow) -> dict[str, Any]:
    words = ("id", "number", "cells", "state", "forecast", "reason", "changes", "verdict", "checks", "subject_id")
    settled_at = row.settled_at.isoformat() if row.settled_at else None
    return {word: getattr(row, word) for word in words} | {"settled_at": settled_at}
