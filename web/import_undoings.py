"""An import that is undone: what would go back and what stays, and then it goes.

The second answers a program that asks for JSON as it answers a page.
"""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from models.db import transaction
from models.imports import undoing
from models.imports.file import Import
from web.import_runs import answer, tell
from web.visitor import managers_only, ours

page = Blueprint("import_undoings", __name__, url_prefix="/imports/<id:import_id>/undoing")


@page.get("")
@managers_only
def new(import_id: int) -> str:
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        trial = undoing.tried(tx, imported)
    return render_template("import_undoings/new.html", imported=imported, trial=trial)


@page.post("")
@managers_only
def create(import_id: int) -> Response:
    done = tell(import_id, Import.undo)
    words = "It is being undone: you can close this page." if done else "It has not ended, or has been undone."
    return answer(import_id, words, done)
