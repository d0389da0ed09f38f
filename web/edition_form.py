"""What somebody writes as an edition."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from emails.writing import drafts
from emails.writing.draft import Draft, Format, Parts, Unwritable
from emails.writing.pictures import at_the_end
from models.ledger import number_of
from models.publication import Publication
from models.revision import WRITTEN, Revision
from web.fields import LineField, ParagraphsField, one_line

BODY = """# Hello {{ first_name | default("there") }}

Write here.
"""
FORMATS = [
    SelectChoice(Format.MARKDOWN, "Markdown"),
    SelectChoice(Format.HTML, "HTML"),
    SelectChoice(Format.MJML, "MJML"),
]


class EditionForm(FlaskForm):
    """`since` is the revision that it was written from."""

    subject = LineField("Subject")
    preheader = StringField("Preheader", filters=[one_line], description="What an inbox shows after the subject.")
    format = SelectField("Written in", choices=FORMATS, default=Format.MARKDOWN)
    body = ParagraphsField("Letter", default=BODY)
    plain = ParagraphsField(
        "Plain text", description="For whoever reads mail as text. Left blank, it is made from the letter."
    )
    since = HiddenField(default="0")

    @classmethod
    def of(cls, revision: Revision) -> "EditionForm":
        return cls(data=revision.written | {"since": str(revision.number)})

    def letter(self, publication: Publication) -> Parts | None:
        """The letter that it makes, or None when it makes none: what is wrong stands beside its field."""
        if not self.validate():
            return None
        try:
            return drafts.written(publication, Draft(**self.words))
        except Unwritable as problem:
            self._field(problem.part).errors = str(problem).splitlines()
            return None

    def put_in(self, said: Mapping[str, str]) -> None:
        """At the end of the letter, what stands for a picture in each format."""
        form = self.format.data if self.format.data in said else Format.MARKDOWN
        self.body.data = at_the_end(self.body.data or "", form, said[form])

    @property
    def words(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in WRITTEN}

    @property
    def written_from(self) -> int:
        return number_of(self.since.data or "")

    def _field(self, name: str) -> Field:
        return self[name]
