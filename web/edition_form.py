"""What somebody writes as an edition."""

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import DataRequired, Length, ValidationError

from emails import wording
from web.fields import LineField, ParagraphsField

LONGEST = 200_000  # characters; Gmail cuts a mail off at half of that

HTML = """<h1>Hello {{ name }}</h1>

<p>Write here.</p>

<p><a href="{{ unsubscribe_link }}">Unsubscribe</a></p>
"""
TEXT = """Hello {{ name }}

Write here.

Unsubscribe: {{ unsubscribe_link }}
"""


def is_wording(form: FlaskForm, field: Field) -> None:
    """Names everything that is wrong."""
    found = wording.problems(field.data or "")
    field.errors = found[:-1]
    if found:
        raise ValidationError(found[-1])


def lets_leave(form: FlaskForm, field: Field) -> None:
    if "unsubscribe_link" not in wording.fields(field.data):
        raise ValidationError("Please put {{ unsubscribe_link }} somewhere: everybody must be able to leave.")


class EditionForm(FlaskForm):
    subject = LineField("Subject", is_wording)
    html = ParagraphsField("As HTML", default=HTML)
    text = ParagraphsField(
        "As text",
        default=TEXT,
        description="For whoever reads mail as text. In all three, {{ name }}, {{ email }} and {{ unsubscribe_link }} "
        "are filled in for each reader.",
    )

    def validate_html(self, field: Field) -> None:
        _check(self, field)

    def validate_text(self, field: Field) -> None:
        _check(self, field)

    @property
    def words(self) -> dict[str, str]:
        return {"subject": self.subject.data, "html": self.html.data, "text": self.text.data}


def _check(form: FlaskForm, field: Field) -> None:
    long = f"Please use at most {LONGEST:,} characters."
    for check in (DataRequired("Please fill this in."), Length(max=LONGEST, message=long), is_wording, lets_leave):
        check(form, field)
