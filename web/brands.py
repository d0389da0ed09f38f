"""How a newsletter's mails look: colours, type, a logo, and what stands at their end."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import Field, SelectField, StringField
from wtforms.fields import ColorField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from emails import personal
from emails.writing import colours
from emails.writing.composing import composed
from emails.writing.draft import Draft
from models.brand import Brand, Font
from models.db import transaction
from models.publication import Publication
from web.audit import audit
from web.fields import ParagraphsField, at_most, one_line
from web.proofs import as_sent, framed
from web.publications import with_workspace
from web.visitor import editors_only, ours

SAMPLE = """# The Analytical Engine

It **weaves algebraic patterns**, just as the [Jacquard loom](https://example.com/loom) weaves flowers and leaves.

> Imagination is the discovering faculty.

- Number cards
- Operation cards

<p><a class="button" href="https://example.com/">A button</a></p>
"""
FONTS = [
    SelectChoice(Font.SANS, "Without serifs"),
    SelectChoice(Font.SERIF, "With serifs"),
    SelectChoice(Font.MONO, "Typewriter"),
]

page = Blueprint("brands", __name__, url_prefix="/publications/<id:publication_id>/brand")


def is_colour(form: FlaskForm, field: Field) -> None:
    if not colours.is_colour(field.data or ""):
        raise ValidationError("Please give a colour as #rrggbb.")


def is_image(form: FlaskForm, field: Field) -> None:
    if field.data and not field.data.startswith("https://"):
        raise ValidationError("Please give an address that begins with https://.")


def is_wording(form: FlaskForm, field: Field) -> None:
    if found := personal.problems(field.data or ""):
        raise ValidationError(" ".join(found))


class BrandForm(FlaskForm):
    accent = ColorField("Colour of links and buttons", [is_colour])
    ground = ColorField("Colour around the letter", [is_colour], description="In light mode; in dark mode it is dark.")
    font = SelectField("Type", choices=FONTS)
    logo = StringField(
        "Logo",
        [at_most(500), is_image],
        filters=[one_line],
        description="The https address of an image, shown above every letter.",
    )
    footer = ParagraphsField(
        "Footer",
        validators=[at_most(5_000), is_wording],
        description="In Markdown.",
    )
    address = ParagraphsField(
        "Postal address",
        validators=[at_most(500)],
        description="Many countries ask for it: the CAN-SPAM Act does, and so does the law of most of Europe.",
    )

    @property
    def brand(self) -> Brand:
        return Brand(**{name: self[name].data or "" for name in Brand._fields})


@page.get("")
@editors_only
def edit(publication_id: int) -> str:
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
    form = BrandForm(data=Brand.of(publication.brand)._asdict())
    return render_template("brands/edit.html", publication=publication, form=form)


@page.post("")
@editors_only
def update(publication_id: int) -> Response | tuple[str, int]:
    form = BrandForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = ours(tx, Publication, publication_id)
        if is_valid:
            publication.brand = form.brand.kept()
            audit(tx, "changed the design of", publication)
    if not is_valid:
        return render_template("brands/edit.html", publication=publication, form=form), 422
    flash("Saved: drafts look like this from now on.")
    return redirect(url_for("brands.edit", publication_id=publication_id))


@page.post("/preview")
@editors_only
def preview(publication_id: int) -> Response:
    """What is in the form, around a sample; changes nothing."""
    form = BrandForm()
    is_valid = form.validate()
    with transaction() as tx:
        publication = with_workspace(tx, publication_id)
    brand = form.brand if is_valid else Brand.of(publication.brand)
    parts = composed(Draft(publication.name, SAMPLE), brand, title=publication.name)
    return framed(str(as_sent(publication, parts).html))
