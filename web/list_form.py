"""What somebody says of a list: its name, whom it begins with, who is looked for on it."""

from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from models.ledger import number_of
from models.lists.conditions import Conditions
from models.lists.list import List
from models.publication import Publication
from web.fields import LineField, one_line

EVERYBODY = "everybody"
LONGEST = 200  # characters of what is looked for
TEXTS = ("words", "domain", "attribute", "value", "tag")


class ListForm(FlaskForm):
    name = LineField("Name", longest=80)
    note = StringField(
        "Note",
        [Length(max=500, message="Please use at most 500 characters.")],
        filters=[one_line],
        description="For colleagues: where its people come from, what it is for.",
    )
    taken: str | None = None  # the name that another list has

    def validate_name(self, field: LineField) -> None:
        if field.data == self.taken:
            raise ValidationError("There is a list of that name already.")


class NewListForm(ListForm):
    source = SelectField("Begins with", choices=[], default="")

    def offer(self, lists: list[List]) -> None:
        fixed = [SelectChoice("", "nobody"), SelectChoice(EVERYBODY, "everybody known here")]
        self.source.choices = [*fixed, *(SelectChoice(str(each.id), f"everybody on {each.name}") for each in lists)]


class Wanted:
    """Who is looked for on a list, as an address or a form has it. What makes no sense is not asked for."""

    def __init__(self, said: MultiDict[str, str], publications: dict[int, str]) -> None:
        text = {name: one_line(said.get(name, ""))[:LONGEST] for name in TEXTS}
        paper, suppressed = number_of(said.get("publication", "")), said.get("suppressed", "")
        told: dict[str, Any] = dict(text)
        told["publication"] = paper if paper in publications else None
        told["subscribed"] = "no" if said.get("subscribed") == "no" else "yes"
        told["suppressed"] = suppressed if suppressed in ("yes", "no") else ""
        self.conditions = Conditions(**told)
        self.publications = publications

    @classmethod
    def of(cls, tx: Session, workspace_id: int, said: MultiDict[str, str]) -> "Wanted":
        mine = select(Publication).filter_by(workspace_id=workspace_id).order_by(Publication.name)
        return cls(said, {each.id: each.name for each in tx.scalars(mine)})

    @property
    def words(self) -> str:
        return self.conditions.described(self.publications)

    @property
    def told(self) -> dict[str, Any]:
        """For an address or hidden fields."""
        return self.conditions.told()

    @property
    def is_more(self) -> bool:
        """Whether more is asked for than words."""
        return bool(self.told.keys() - {"words"})
