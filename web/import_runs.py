"""An import on its way: run, paused, resumed, canceled.

Each answers a program that asks for JSON as it answers a page.
"""

from collections.abc import Callable

from flask import Blueprint, flash, jsonify, redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.imports import cancel_rows, feed_import
from jobs.undoing import feed_undo
from models.db import transaction
from models.imports.file import Import
from web.audit import audit
from web.errors import wants_json
from web.soon import soon
from web.sure import sure
from web.visitor import managers_only, ours

page = Blueprint("import_runs", __name__, url_prefix="/imports/<id:import_id>")

Verb = Callable[[Import, Session], bool]
FOLLOWED: dict[Verb, Callable[[int], object]] = {
    Import.run: feed_import.later,
    Import.resume: feed_import.later,
    Import.cancel: cancel_rows.later,
    Import.undo: feed_undo.later,
}
# What the audit log calls it.
DONE: dict[Verb, str] = {
    Import.run: "ran",
    Import.pause: "paused",
    Import.resume: "resumed",
    Import.cancel: "canceled",
    Import.undo: "undid",
}


@page.post("/run")
@managers_only
def run(import_id: int) -> Response:
    done = tell(import_id, Import.run)
    return answer(import_id, "It is running." if done else "It cannot be run, or has been.", done)


@page.post("/pause")
@managers_only
def pause(import_id: int) -> Response:
    done = tell(import_id, Import.pause)
    return answer(
        import_id, "Paused: nothing else is done until you resume it." if done else "It is not running.", done
    )


@page.post("/resumption")
@managers_only
def resume(import_id: int) -> Response:
    done = tell(import_id, Import.resume)
    return answer(import_id, "It goes on." if done else "It is not paused.", done)


@page.post("/cancellation")
@managers_only
@sure("Cancel this import?", "What was done stays, and can be undone; nothing else is. It cannot be resumed.")
def cancel(import_id: int) -> Response:
    done = tell(import_id, Import.cancel)
    words = "Canceled: what was done stays, and nothing else is." if done else "It is not running any more."
    return answer(import_id, words, done)


def tell(import_id: int, verb: Verb) -> bool:
    """False when it was too late for that, or too early. What follows is done soon, or left to the sweep."""
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        done = verb(imported, tx)
        if done:
            audit(tx, DONE[verb], imported)
    if done and verb in FOLLOWED:
        soon(FOLLOWED[verb], import_id)
    return done


def answer(import_id: int, words: str, done: bool) -> Response:
    """`{"done": …}` to a program; to people the words, on the import's page."""
    if wants_json():
        return jsonify(done=done)
    flash(words)
    return redirect(url_for("imports.show", import_id=import_id))
