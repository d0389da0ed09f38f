"""What is said about a file before it is checked."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.preview import Preview
from web.fields import HourField, zone_field

EXISTING = [
    SelectChoice("skip", "leave them as they are"),
    SelectChoice("fill", "fill in what is blank"),
    SelectChoice("overwrite", "take what the file says"),
]


class ImportForm(FlaskForm):
    existing = SelectField("Who is in the team already", choices=EXISTING)
    team = SelectField("Team of rows that name none", choices=[], default="")
    zone = zone_field("Time zone", default="UTC", description="For rows that name none, as are the hours.")
    reminder_hour = HourField("Ask at", default=time(18))
    digest_hour = HourField("Digest at", default=time(9))
    invite = BooleanField("Send everybody who is new the mail that says what will come", default=True)

    mapping: Sequence[str] = ()
    mapping_problem = ""
    kind = ""

    @classmethod
    def of(cls, imported: Import, teams: Sequence[str]) -> "ImportForm":
        """As it was sent, else as it was said before."""
        form = cls(data=_before(imported) | {"existing": imported.existing})
        form.team.choices = [
            SelectChoice("", "none: such a row is invalid"),
            *(SelectChoice(name, name) for name in teams),
        ]
        form.kind = imported.kind
        words = {field.word for field in KINDS[imported.kind].fields}
        form.mapping = [word if word in words else "" for word in request.form.getlist("mapping")]
        return form

    def mapping_is_right(self) -> bool:
        needed = [field for field in KINDS[self.kind].fields if field.required and field.word not in self.mapping]
        doubled = {word for word in self.mapping if word and word != "name" and self.mapping.count(word) > 1}
        labels = {field.word: field.label for field in KINDS[self.kind].fields}
        problems = [f"Please say which column is the {field.label}." for field in needed]
        problems += [f"Two columns cannot both be the {labels[word]}." for word in sorted(doubled)]
        self.mapping_problem = " ".join(problems)
        return not problems

    def said(self, seen: Preview) -> dict[str, Any]:
        """What the import is to know: how its file is written, what its columns are, what is to happen."""
        width = len(seen.columns)
        return {
            "encoding": seen.dialect.encoding,
            "delimiter": seen.dialect.delimiter,
            "skipped": seen.dialect.skipped,
            "has_header": seen.has_header,
            "columns": seen.columns,
            "mapping": [*self.mapping, *[""] * width][:width],
            "existing": self.existing.data,
            "options": self._options(),
        }

    def _options(self) -> dict[str, Any]:
        return {
            "team": self.team.data,
            "zone": self.zone.data,
            "reminder_hour": self.reminder_hour.data.isoformat(),
            "digest_hour": self.digest_hour.data.isoformat(),
            "invite": self.invite.data,
        }


def _before(imported: Import) -> dict[str, Any]:
    hours = ("reminder_hour", "digest_hour")
    return {k: time.fromisoformat(v) if k in hours else v for k, v in (imported.options or {}).items()}
