"""Files that people take away: asked for, being made, made, handed over as they are read."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Conflict, Gone
from werkzeug.wrappers import Response as AnyResponse

from jobs.exports import make_export
from models.db import transaction
from models.exports.export import Export, State, pieces
from models.exports.forms import FORMS, WRITTEN
from web.attachments import handed_over, named
from web.audit import audit
from web.live import live
from web.soon import soon
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("exports", __name__)

MANAGED = ("import", "deliveries", "suppressions", "inbound mail", "audit log")  # sources that are for managers
LONGEST = 2_000  # bytes of what is looked for: while a file is made, an index holds it
BACK = {
    "import": ("imports.show", "import_id", "The import"),
    "list": ("lists.show", "list_id", "The list"),
    "publication": ("subscribers.index", "publication_id", "Subscribers"),
    "edition": ("editions.show", "edition_id", "The edition"),
    "deliveries": ("deliveries.index", "", "Deliveries"),
    "contacts": ("contacts.index", "", "Contacts"),
    "suppressions": ("suppressions.index", "", "Suppressions"),
    "inbound mail": ("inbound_emails.index", "", "Inbound mail"),
    "audit log": ("audits.index", "", "Audit log"),
}


@page.get("/exports/<id:export_id>")
@editors_only
@live
def show(export_id: int) -> str:
    with transaction() as tx:
        export = _seen(tx, export_id)
    endpoint, argument, place = BACK[export.source]
    whose = {argument: export.about[export.source]} if argument else export.about["wanted"]
    return render_template("exports/show.html", export=export, back=url_for(endpoint, **whose), place=place)


@page.get("/exports/<id:export_id>/file")
@editors_only
def file(export_id: int) -> Response:
    with transaction() as tx:
        export = _seen(tx, export_id)
    return handed(export)


@page.post("/exports/<id:export_id>/renewal")
@editors_only
def renew(export_id: int) -> AnyResponse:
    """The same again, from the rows as they are now."""
    with transaction() as tx:
        export = _seen(tx, export_id)
    return led(asked(export.source, export.about, export.name, export.form, visitor.user.id))


def wanted_form() -> str:
    """`csv` or `xlsx`, as the form or the address says; otherwise `csv`."""
    form = request.values.get("form", "csv")
    return form if form in FORMS else "csv"


def asked(source: str, about: Mapping[str, Any], name: str, form: str, user_id: int | None = None) -> Export:
    """An export that is being made from now on, or has been for a while."""
    if len(json.dumps(about, ensure_ascii=False).encode()) > LONGEST:
        abort(422, "What is looked for is too long.")
    known = {"workspace_id": here(), "user_id": user_id, "source": source, "about": dict(about), "name": name}
    with transaction() as tx:
        export = Export.ask(tx, {**known, "form": form})
        audit(tx, "asked for", export)
    soon(make_export.later, export.id)
    return export


def led(export: Export) -> AnyResponse:
    return redirect(url_for("exports.show", export_id=export.id))


def of(source: str, export_id: int, number: int | None = None) -> Export:
    """One of the import of that number, or list, or whatever it is; for any other there is no such page."""
    with transaction() as tx:
        export = ours(tx, Export, export_id)
    return export if (export.source, export.about.get(source)) == (source, number) else abort(404)


def handed(export: Export) -> Response:
    """Raises 409 for one that is not made yet, and 410 for one that never will be."""
    if export.state == State.MAKING:
        raise Conflict("It is still being made.")
    if export.state == State.REFUSED:
        raise Gone(f"It was not made: {export.problem}.")
    headers = named(export.file) | {"Content-Length": str(export.size)}
    return handed_over(pieces(export.id), headers, WRITTEN[export.form].kind)


def told(export: Export) -> dict[str, Any]:
    """As programs are told of it."""
    words = ("id", "state", "problem", "form", "rows", "total", "percent", "size")
    moments = {"created_at": export.created_at, "made_at": export.finished_at, "expires_at": export.expires_at}
    said = {word: at.isoformat() if at else None for word, at in moments.items()}
    return {word: getattr(export, word) for word in words} | said


def _seen(tx: Session, export_id: int) -> Export:
    export = ours(tx, Export, export_id)
    if export.source == "person":  # theirs alone, on a page of their own
        abort(404)
    return export if visitor.manages or export.source not in MANAGED else abort(403)
