"""What is said about a file before it is checked."""

from collections.abc import Sequence
from datetime import time
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from jobs.processes.processes import PROCESSES
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.imports.preview import Preview
from models.lists.list import List
from models.publication import Publication
from models.team import Team
from web.fields import HourField, LineField, one_line, zone_field

EXISTING = [
    SelectChoice("skip", "leave them as they are"),
    SelectChoice("fill", "fill in what is blank"),
    SelectChoice("overwrite", "take what the file says"),
]


class ImportForm(FlaskForm):
    """What every kind of rows asks; one that asks for more names it in `asks` and has a template of its word."""

    existing = SelectField("What happens to them", choices=EXISTING)
    always: ClassVar[tuple[str, ...]] = ("existing", *PROCESSES)
    asks: ClassVar[tuple[str, ...]] = ()

    mapping: Sequence[str] = ()
    mapping_problem = ""
    kind = ""

    @classmethod
    def of(cls, tx: Session, imported: Import) -> "ImportForm":
        """As it was sent, else as it was said before."""
        form = FORMS[imported.kind](data=_before(imported) | imported.processes | {"existing": imported.existing})
        form.offer(tx, imported.workspace_id)
        form.kind = imported.kind
        words = {field.word for field in KINDS[imported.kind].fields}
        form.mapping = [word if word in words else "" for word in request.form.getlist("mapping")]
        return form

    def offer(self, tx: Session, workspace_id: int) -> None:
        """Fills its choices with what the workspace has."""

    @property
    def processes(self) -> list[Field]:
        """What is asked of each process that rows can go through."""
        return [self[word] for word in PROCESSES]

    def mapping_is_right(self) -> bool:
        fields = {field.word: field for field in KINDS[self.kind].fields}
        problems = [
            f"Please say which column is the {field.label}."
            for field in fields.values()
            if field.required and field.word not in self.mapping
        ]
        twice = {word for word in self.mapping if word and self.mapping.count(word) > 1 and not fields[word].several}
        problems += [f"Two columns cannot both be the {fields[word].label}." for word in sorted(twice)]
        self.mapping_problem = " ".join(problems)
        return not problems

    def said(self, seen: Preview) -> dict[str, Any]:
        """What the import is to know: how its file is written, what its columns are, what is to happen."""
        width = len(seen.columns)
        return {
            "encoding": seen.dialect.encoding,
            "delimiter": seen.dialect.delimiter,
            "skipped": seen.dialect.skipped,
            "sheet": seen.dialect.sheet,
            "has_header": seen.has_header,
            "columns": seen.columns,
            "mapping": [*self.mapping, *[""] * width][:width],
            "existing": self.existing.data,
            "processes": {field.name: field.data for field in self.processes if field.data},
            "options": {name: _plain(self[name].data) for name in self.asks},
        }


for process in PROCESSES.values():
    offered = [
        SelectChoice("", "no"),
        *(SelectChoice(word, f"yes, {label}") for word, label in process.choices.items()),
    ]
    setattr(ImportForm, process.word, SelectField(process.label, choices=offered, default=""))


class TeamMembersForm(ImportForm):
    asks = ("team", "zone", "reminder_hour", "digest_hour", "invite")

    team = SelectField("Team of rows that name none", choices=[], default="")
    zone = zone_field("Time zone", default="UTC", description="For rows that name none, as are the hours.")
    reminder_hour = HourField("Ask at", default=time(18))
    digest_hour = HourField("Digest at", default=time(9))
    invite = BooleanField("Send everybody who is new the mail that says what will come", default=True)

    def offer(self, tx: Session, workspace_id: int) -> None:
        names = tx.scalars(select(Team.name).filter_by(workspace_id=workspace_id).order_by(Team.name))
        none = SelectChoice("", "none: such a row is invalid")
        self.team.choices = [none, *(SelectChoice(name, name) for name in names)]


class ListedForm(ImportForm):
    """For people who may come onto a list too."""

    asks: ClassVar[tuple[str, ...]] = ("list",)

    list = StringField(
        "Put them on a list",
        [Length(max=80, message="Please use at most 80 characters.")],
        filters=[one_line],
        default="",
        description="Its name. If there is none of that name, it is made when the first of them comes.",
        render_kw={"list": "lists", "autocomplete": "off"},
    )
    lists: Sequence[str] = ()  # names that there are

    def offer(self, tx: Session, workspace_id: int) -> None:
        self.lists = [each.name for each in List.choices(tx, workspace_id)]


class SubscribersForm(ListedForm):
    asks = ("publication", "consent", "list")

    publication = SelectField("Newsletter", [DataRequired("Please make a newsletter first.")], choices=[], coerce=int)
    consent = LineField(
        "How do you know that they want it?",
        longest=500,
        description="For rows that do not say so; kept with each subscription as proof: who agreed to what, and where.",
    )

    def offer(self, tx: Session, workspace_id: int) -> None:
        super().offer(tx, workspace_id)
        found = select(Publication).filter_by(workspace_id=workspace_id).order_by(Publication.name)
        self.publication.choices = [SelectChoice(each.id, each.name) for each in tx.scalars(found)]

    def validate_existing(self, field: Field) -> None:
        if not self.publication.choices:
            raise ValidationError("There is no newsletter yet: please make one first.")


class ContactsForm(ListedForm):
    pass


class AddressesForm(ListedForm):
    def validate_list(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Please give the list a name.")


FORMS: dict[str, type[ImportForm]] = {
    "team_members": TeamMembersForm,
    "subscribers": SubscribersForm,
    "contacts": ContactsForm,
    "list": AddressesForm,
}


def _before(imported: Import) -> dict[str, Any]:
    hours = ("reminder_hour", "digest_hour")
    return {k: time.fromisoformat(v) if k in hours else v for k, v in (imported.options or {}).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, time) else value
