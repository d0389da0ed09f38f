"""Who may read past editions: of a publication, and of one of its editions if it is meant otherwise."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from emails import links
from models.archive import Readers
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from web.audit import audit
from web.publications import with_workspace
from web.visitor import editors_only, ours

page = Blueprint("archive_settings", __name__)

READERS = [
    SelectChoice(Readers.NOBODY, "Nobody: it is in no archive. The link in a mail still opens it."),
    SelectChoice(Readers.SUBSCRIBERS, "Subscribers, by the link in their mails. Others see its title."),
    SelectChoice(Readers.EVERYBODY, "Everybody: in the archive, in its feed, and for search engines."),
]
USUAL = SelectChoice("", "Whoever may read the others.")


class ArchiveForm(FlaskForm):
    archive = RadioField("Who may read past editions", choices=READERS)


class ShownForm(FlaskForm):
    shown_to = RadioField("Who may read it", choices=[USUAL, *READERS])


@page.get("/publications/<id:publication_id>/archive")
@editors_only
def edit(publication_id: int) -> str:
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
    return _shown(publication, ArchiveForm(obj=publication))


@page.post("/publications/<id:publication_id>/archive")
@editors_only
def update(publication_id: int) -> Response | tuple[str, int]:
    form = ArchiveForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
        if is_valid:
            publication.archive = form.archive.data
            audit(tx, "changed who may read", publication)
    if not is_valid:
        return _shown(publication, form), 422
    flash("Saved.")
    return redirect(url_for("archive_settings.edit", publication_id=publication_id))


@page.get("/editions/<id:edition_id>/archive")
@editors_only
def edit_edition(edition_id: int) -> str:
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
    return render_template("archives/edit_edition.html", edition=edition, form=ShownForm(obj=edition))


@page.post("/editions/<id:edition_id>/archive")
@editors_only
def update_edition(edition_id: int) -> Response | tuple[str, int]:
    """At any time: before it is sent, and long after."""
    form = ShownForm()
    is_valid = form.validate()
    with transaction() as tx:
        edition = ours(tx, Edition, edition_id)
        if is_valid:
            edition.shown_to = form.shown_to.data
            audit(tx, "changed who may read", edition)
    if not is_valid:
        return render_template("archives/edit_edition.html", edition=edition, form=form), 422
    flash("Saved.")
    return redirect(url_for("editions.show", edition_id=edition_id))


def _shown(publication: Publication, form: ArchiveForm) -> str:
    link = links.archive(publication.workspace, publication.slug) if publication.slug else None
    return render_template("archives/edit.html", publication=publication, form=form, link=link)
