"""Files of people: uploaded, looked at, their columns named, checked. What runs is in `import_runs`."""

from collections.abc import Mapping

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from jobs.imports import read_import
from jobs.processes.processes import PROCESSES
from models.db import transaction
from models.imports import checks
from models.imports.dialect import DELIMITERS, ENCODINGS, Dialect, NoTable
from models.imports.file import Import, State
from models.imports.kind import Kind
from models.imports.kinds import KINDS
from models.imports.preview import Preview, keep, looked_at, stored
from models.imports.progress import Progress
from web import uploads
from web.audit import audit
from web.fields import one_line
from web.import_form import ImportForm
from web.listing import Listing, by_number
from web.live import live
from web.soon import soon
from web.uploads import Upload
from web.visitor import managers_only, ours, visitor

page = Blueprint("imports", __name__)


@page.before_request
def make_room() -> None:
    """Only then is the form read, and its token asked for."""
    if request.endpoint == "imports.create":
        uploads.make_room()
    current_app.extensions["csrf"].protect()


@page.get("/imports")
@managers_only
def index() -> str:
    """Narrowed to a state, to a kind, to part of a file's name."""
    wanted = _wanted()
    mine = select(Import).filter_by(workspace_id=visitor.workspace.id)
    mine = mine.filter_by(**{name: word for name, word in wanted.items() if name != "words"})
    mine = mine.where(Import.name.icontains(wanted.get("words", ""), autoescape=True))
    with transaction() as tx:
        found: Listing[Import] = Listing.of(tx, mine, by_number(Import.id))
    return render_template("imports/index.html", found=found, wanted=wanted, states=list(State), kinds=KINDS)


@page.get("/imports/new")
@managers_only
def new() -> str:
    return _asked()


@page.post("/imports")
@managers_only
def create() -> Response | tuple[str, int]:
    upload = uploads.chosen()
    if upload is None:
        return _asked("Please choose a file."), 422
    try:
        number = _keep(upload)
    except NoTable as problem:
        return _asked(refusal(upload, problem)), 422
    return redirect(url_for("imports.edit", import_id=number))


@page.get("/imports/<id:import_id>")
@managers_only
@live
def show(import_id: int) -> str:
    with transaction() as tx:
        imported = ours(tx, Import, import_id)
        progress = Progress.of(tx, imported.id)
        imported.user  # noqa: B018  (read while there is a session to read it with)
        found = {"progress": progress, "verdicts": checks.verdicts(tx, imported)}
    about = {"kind": KINDS[imported.kind], "processes": PROCESSES}
    return render_template("imports/show.html", imported=imported, **found, **about)


@page.get("/imports/<id:import_id>/edit")
@managers_only
def edit(import_id: int) -> str | tuple[str, int]:
    """With `encoding`, `delimiter`, `sheet` and `header` in its address it shows what the file would be, read so."""
    with transaction() as tx:
        imported = _open(tx, import_id)
        form = ImportForm.of(tx, imported)
        return _edited(tx, imported, form, request.args)


@page.post("/imports/<id:import_id>")
@managers_only
def update(import_id: int) -> Response | tuple[str, int]:
    with transaction() as tx:
        imported = _open(tx, import_id)
        form = ImportForm.of(tx, imported)
        seen = read_as(tx, imported, request.form) if form.validate() and form.mapping_is_right() else None
        checked = imported.check(tx, **form.said(seen)) if seen else False
        shown = None if seen else _edited(tx, imported, form, request.form)[0]
    if shown is not None:
        return shown, 422
    if checked:
        soon(read_import.later, import_id, imported.version)
    return redirect(url_for("imports.show", import_id=import_id))


def _wanted() -> dict[str, str]:
    asked = {name: one_line(request.args.get(name)) for name in ("words", "state", "kind")}
    return {name: word for name, word in asked.items() if word}


def _asked(problem: str = "") -> str:
    wanted = _kind(request.form or request.args)
    return render_template("imports/new.html", problem=problem, kinds=KINDS.values(), wanted=wanted)


def _kind(said: Mapping[str, str]) -> Kind:
    return KINDS.get(said.get("kind", ""), KINDS["team_members"])


def refusal(upload: Upload, problem: NoTable) -> str:
    return f"{upload.name[:80]} cannot be read as a table: {problem}."


def read_as(tx: Session, imported: Import, wanted: Mapping[str, str]) -> Preview:
    """The file as `wanted` has it: its encoding, its delimiter, or its sheet; whether its first row has names.

    Raises `NoTable`.
    """
    encoding, delimiter, header = (wanted.get(word, "") for word in ("encoding", "delimiter", "header"))
    encoding = encoding if encoding in ENCODINGS else imported.encoding
    delimiter = delimiter if delimiter in DELIMITERS else imported.delimiter
    has_header = header == "yes" if header else imported.has_header
    dialect = Dialect(encoding, delimiter, sheet=wanted.get("sheet") or imported.sheet)
    return stored(tx, imported, KINDS[imported.kind], dialect=dialect, header=has_header)


def _keep(upload: Upload) -> int:
    """Stores the file, once it is known to be a table; the number of its import."""
    kind = _kind(request.form)
    seen, size = looked_at(upload.stream, kind)
    about = {"workspace_id": visitor.workspace.id, "user_id": visitor.user.id, "name": upload.name}
    with transaction() as tx:
        imported = keep(tx, upload.stream, seen, kind, size=size, **about)
        audit(tx, "uploaded", imported)
        return imported.id


def _open(tx: Session, import_id: int) -> Import:
    """One whose columns can still be changed."""
    imported = ours(tx, Import, import_id)
    return imported if imported.state not in (*_RUN, State.READING) else abort(404)


_RUN = (State.RUNNING, State.PAUSED, State.CANCELED, State.FINISHED)


def _edited(tx: Session, imported: Import, form: ImportForm, wanted: Mapping[str, str]) -> tuple[str, int]:
    seen, problem = None, ""
    try:
        seen = read_as(tx, imported, wanted)
    except NoTable as refused:
        problem = str(refused)
    mapping = _mapping(imported, seen, form)
    about = {"seen": seen, "problem": problem, "mapping": mapping, "kind": KINDS[imported.kind]}
    said = {"delimiters": DELIMITERS, "encodings": ENCODINGS}
    return render_template("imports/edit.html", imported=imported, form=form, **about, **said), 200


def _mapping(imported: Import, seen: Preview | None, form: ImportForm) -> list[str]:
    """As it was sent; else as it is stored while the columns are the same; else as it is guessed."""
    columns = seen.columns if seen else []
    if len(form.mapping) == len(columns) and form.mapping:
        return list(form.mapping)
    return imported.mapping if imported.columns == columns else seen.mapping if seen else []
