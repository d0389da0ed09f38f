"""Where strangers subscribe to a newsletter: its public page, its address, and the form for other sites."""

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from emails import links
from models.db import transaction
from models.publication import Publication
from web.audit import audit
from web.fields import ParagraphsField, one_line
from web.publications import with_workspace
from web.sign_ups import TRAP
from web.visitor import editors_only

page = Blueprint("sign_up_pages", __name__)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OPT_INS = [
    SelectChoice("double", "They confirm it by mail first. Whoever does not within a week is forgotten."),
    SelectChoice("single", "They subscribe at once. Anybody can then sign up anybody else."),
]


class SignUpPageForm(FlaskForm):
    slug = StringField(
        "Address",
        [Length(max=60, message="Please use at most 60 characters.")],
        filters=[one_line],
        description="Small letters, digits and hyphens. Leave it empty, and there is no such page.",
    )
    about = ParagraphsField("What people read there", description="What they subscribe to, and how often it comes.")
    opt_in = RadioField("When they subscribe", choices=OPT_INS, default="double")
    is_taken = False

    def validate_slug(self, field: Field) -> None:
        if field.data and not SLUG.fullmatch(field.data):
            raise ValidationError("Please use small letters, digits and hyphens only, such as notes-on-g.")
        if self.is_taken:
            raise ValidationError("Another newsletter has this address.")

    def validate_about(self, field: Field) -> None:
        if len(field.data) > 1_000:
            raise ValidationError("Please use at most 1,000 characters.")


@page.get("/publications/<id:publication_id>/sign-up-page")
@editors_only
def edit(publication_id: int) -> str:
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
    return _shown(publication, SignUpPageForm(obj=publication))


@page.post("/publications/<id:publication_id>/sign-up-page")
@editors_only
def update(publication_id: int) -> Response | tuple[str, int]:
    form = SignUpPageForm()
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
        others = select(Publication.id).where(Publication.slug == form.slug.data, Publication.id != publication_id)
        form.is_taken = bool(form.slug.data) and tx.scalar(others) is not None
        is_valid = form.validate()
        if is_valid:
            publication.slug, publication.about = form.slug.data or None, form.about.data.strip()
            publication.opt_in = form.opt_in.data
            audit(tx, "changed the sign-up page of", publication)
    if not is_valid:
        return _shown(publication, form), 422
    flash("Saved.")
    return redirect(url_for("sign_up_pages.edit", publication_id=publication_id))


def _shown(publication: Publication, form: SignUpPageForm) -> str:
    link = links.sign_up(publication.workspace, publication.slug) if publication.slug else None
    return render_template("sign_up_pages/edit.html", publication=publication, form=form, link=link, trap=TRAP)
