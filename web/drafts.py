"""A draft while it is being written: how it looks as it is typed, and kept every few seconds."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from emails.writing import markdown
from emails.writing.draft import Format
from jobs.inspections import look_at
from models.db import transaction
from models.edition import Edition
from models.revision import Manner, Overtaken, Published
from web.audit import audit
from web.edition_form import EditionForm
from web.editions import save, too_late, whole
from web.proofs import as_sent, framed, looked_at
from web.publications import with_workspace
from web.soon import soon
from web.sure import sure
from web.visitor import editors_only, ours

page = Blueprint("drafts", __name__)


@page.post("/publications/<id:publication_id>/draft-preview")
@editors_only
def preview(publication_id: int) -> Response:
    """What is in the form, as a mail; what is being written, at `line`, is named `here`. Changes nothing."""
    form = EditionForm()
    form.subject.data = form.subject.data or "No subject yet"
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
        letter = form.letter(publication)
    if letter is None:
        return framed(render_template("drafts/problem.html", form=form))
    piece = markdown.begun(form.body.data or "", request.form.get("line", 0, type=int))
    mail = str(as_sent(publication, letter).html)
    return framed(looked_at(mail, piece) if form.format.data == Format.MARKDOWN else mail)


@page.post("/editions/<id:edition_id>/autosave")
@editors_only
def autosave(edition_id: int) -> tuple[Response, int]:
    """`{"since": number}` of what was kept; 409 when somebody else has saved it, 422 when it makes no letter."""
    form = EditionForm()
    try:
        with transaction() as tx:
            edition = whole(tx, edition_id)
            letter = form.letter(edition.publication)
            revision = save(tx, edition, form, letter, Manner.AUTOSAVED) if letter else None
    except Overtaken as other:
        return jsonify(problem=f"{other.who} has saved this draft meanwhile. Save to see both."), 409
    except Published:
        return jsonify(problem="It has been published."), 409
    if revision is None:
        return jsonify(problem="Not kept: it makes no letter yet."), 422
    soon(look_at.later, edition_id)
    return jsonify(since=revision.number), 200


@page.post("/editions/<id:edition_id>/removal")
@editors_only
@sure("Delete this draft?", "What it says is gone, with all its revisions.")
def destroy(edition_id: int) -> Answer:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        if is_gone := edition.discard(tx):
            audit(tx, "deleted", edition)
    if not is_gone:
        return too_late(edition_id)
    flash(f"{edition.subject} is deleted.")
    return redirect(url_for("publications.show", publication_id=edition.publication_id))
