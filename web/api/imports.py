"""Files of people: sent, checked row by row, run, paused, resumed, canceled, and how far they have come."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from jobs.imports import read_import
from models.api_key import Scope
from models.db import transaction
from models.imports import checks
from models.imports.dialect import NoTable
from models.imports.file import AT_ONCE, Existing, Import
from models.imports.kinds import KINDS
from models.imports.preview import keep, looked_at
from models.imports.progress import Progress
from web import import_runs, uploads
from web.api import cursors, filters
from web.api.described import tells
from web.api.door import needs
from web.api.import_shapes import DONE, FILE, IMPORT, KNOWN, STANDING
from web.api.shapes import MOMENT
from web.api.shapes import page as page_of
from web.audit import audit
from web.import_form import FORMS, ImportForm
from web.imports import read_as, refusal
from web.soon import soon
from web.uploads import Upload
from web.visitor import here, ours

page = Blueprint("imports_api", __name__)

USUAL = "team_members"


@page.get("/imports")
@needs(Scope.IMPORTS)
@tells(page_of("imports", IMPORT), query=cursors.QUERY)
def index() -> Response:
    """Files of people, newest first."""
    filters.check("cursor", "limit")
    with transaction() as tx:
        return cursors.page(tx, "imports", select(Import).filter_by(workspace_id=here()), Import.id, _noted)


@page.post("/imports")
@needs(Scope.IMPORTS)
@tells(IMPORT, status=201, file=FILE)
def create() -> tuple[Response, int]:
    """The file is in a form, or is the body; what is to be known of it stands in the form, or in the address.

    A key makes nobody an editor or admin, and takes no role away.
    """
    uploads.make_room()
    with uploads.received(request.args.get("name", "")[:200]) as upload:
        said = request.values
        form = _form(said)
        with _refused(upload), transaction() as tx:
            imported = _keep(tx, upload, form)
            read = read_as(tx, imported, said)
            _map(form, imported, said.getlist("mapping"))
            told = form.said(read)
            told["options"][AT_ONCE] = said.get("dry_run") == "no"
            imported.check(tx, **told)
            audit(tx, "ran" if told["options"][AT_ONCE] else "uploaded", imported)
    soon(read_import.later, imported.id, imported.version)
    return jsonify(_noted(imported)), 201


@page.get("/imports/<id:import_id>")
@needs(Scope.IMPORTS)
@tells(STANDING)
def show(import_id: int) -> Response:
    """How far it has come: its rows by their state, and by what is expected of them."""
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        progress, verdicts = Progress.of(tx, imported.id), checks.verdicts(tx, imported)
    counts = {"rows": progress.total, "states": progress.states, "forecast": progress.forecast, "verdicts": verdicts}
    speed = {"per_second": round(progress.per_second, 1), "seconds_left": progress.seconds_left}
    return jsonify(_noted(imported) | {"state": progress.state} | counts | speed)


@page.post("/imports/<id:import_id>/run")
@needs(Scope.IMPORTS)
@tells(DONE)
def run(import_id: int) -> Response:
    """Does what the check forecast. `done` is true for whoever did it."""
    return jsonify(done=import_runs.tell(import_id, Import.run))


@page.post("/imports/<id:import_id>/pause")
@needs(Scope.IMPORTS)
@tells(DONE)
def pause(import_id: int) -> Response:
    """No more rows are begun. `done` is true for whoever did it."""
    return jsonify(done=import_runs.tell(import_id, Import.pause))


@page.post("/imports/<id:import_id>/resume")
@needs(Scope.IMPORTS)
@tells(DONE)
def resume(import_id: int) -> Response:
    """It goes on. `done` is true for whoever did it."""
    return jsonify(done=import_runs.tell(import_id, Import.resume))


@page.post("/imports/<id:import_id>/cancel")
@needs(Scope.IMPORTS)
@tells(DONE)
def cancel(import_id: int) -> Response:
    """What has not been done is not. `done` is true for whoever did it."""
    return jsonify(done=import_runs.tell(import_id, Import.cancel))


@page.post("/imports/<id:import_id>/undo")
@needs(Scope.IMPORTS)
@tells(DONE)
def undo(import_id: int) -> Response:
    """What it did goes back, except what people have touched since. `done` is true for whoever did it."""
    return jsonify(done=import_runs.tell(import_id, Import.undo))


def _noted(imported: Import) -> dict[str, Any]:
    """An import as its row has it."""
    words = [name for name, shape in IMPORT["properties"].items() if MOMENT not in (shape, *shape.get("anyOf", []))]
    moments = ("created_at", "started_at", "finished_at")
    return {word: getattr(imported, word) for word in words} | {
        word: _moment(getattr(imported, word)) for word in moments
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _form(said: MultiDict[str, str]) -> ImportForm:
    """What the page asks, filled in by a program; what it leaves out is as the page has it. Raises 422."""
    _check(said)
    kind = FORMS[said.get("kind", USUAL)]
    blank = kind(formdata=None, meta={"csrf": False})
    usual = {name: _text(blank[name].data) for name in kind.asks if blank[name].data is not None}
    given = {name: said[name] for name in (*kind.always, *kind.asks) if name in said}
    form = kind(formdata=MultiDict({"existing": Existing.SKIP} | usual | given), meta={"csrf": False})
    form.kind = said.get("kind", USUAL)
    with transaction() as tx:
        form.offer(tx, here())
    if not form.validate():
        raise UnprocessableEntity(" ".join(f"{name}: {problems[0]}" for name, problems in form.errors.items()))
    return form


def _check(said: MultiDict[str, str]) -> None:
    for name, given in said.items():
        if name in KNOWN and given not in KNOWN[name]:
            raise UnprocessableEntity(f"{name} is one of {', '.join(KNOWN[name])}; not {given[:80]!r}.")
    for name, texts in said.lists():
        if name not in (*KNOWN, "name", "sheet", "mapping", *ImportForm.always, *FORMS[said.get("kind", USUAL)].asks):
            raise UnprocessableEntity(f"There is no field {name[:80]!r} here.")
        if len(texts) > 1 and name != "mapping":
            raise UnprocessableEntity(f"The field {name[:80]!r} comes twice.")


def _text(data: Any) -> str:
    return data.isoformat() if isinstance(data, time) else "yes" if data is True else str(data)


def _keep(tx: Session, upload: Upload, form: ImportForm) -> Import:
    kind = KINDS[form.kind]
    seen, size = looked_at(upload.stream, kind)
    return keep(tx, upload.stream, seen, kind, size=size, workspace_id=here(), name=upload.name)


def _map(form: ImportForm, imported: Import, given: list[str]) -> None:
    """As it was said, else as it is guessed. Raises 422."""
    form.mapping = given or imported.mapping
    known = {"", *(field.word for field in KINDS[form.kind].fields)}
    if not known.issuperset(form.mapping):
        raise UnprocessableEntity(f"mapping: a column is one of {', '.join(sorted(known - {''}))}, or nothing.")
    if not form.mapping_is_right():
        raise UnprocessableEntity(f"{form.mapping_problem} Its columns are {', '.join(imported.columns)}."[:1000])


@contextmanager
def _refused(upload: Upload) -> Iterator[None]:
    try:
        yield
    except NoTable as problem:
        raise UnprocessableEntity(refusal(upload, problem)) from None
