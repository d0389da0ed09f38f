"""Which of the subscribers an edition goes to, by a list."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from models.audience import Side
from models.lists.list import List


class SideForm(FlaskForm):
    side = SelectField(
        "It goes to",
        default=Side.ALL.value,
        choices=[
            SelectChoice(Side.ALL.value, "everybody who subscribes"),
            SelectChoice(Side.ON.value, "subscribers who are on a list"),
            SelectChoice(Side.OFF.value, "subscribers who are not on a list"),
        ],
    )
    list = SelectField("Which list", choices=[], default="")

    def offer(self, lists: Sequence[List]) -> None:
        none = SelectChoice("", "none")
        self.list.choices = [none, *(SelectChoice(str(each.id), f"{each.name} ({each.members:,})") for each in lists)]

    def validate_list(self, field: SelectField) -> None:
        if self.side.data and not field.data:
            raise ValidationError("Please choose a list.")

    @property
    def list_id(self) -> int | None:
        return int(self.list.data) if self.list.data else None
