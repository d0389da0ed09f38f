"""People, typed or pasted in: one a line."""

from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from web.fields import ParagraphsField
from web.invitations import Invitee, invitees

MOST = 10_000  # people at once
LONGEST = 900_000  # characters
TOLD = 20  # problems named at once


class PeopleForm(FlaskForm):
    """`people` is `{address: name}` once it is valid; every address that is wrong is named beside the field."""

    pasted = ParagraphsField(
        "People",
        name="people",
        description=f"One a line: an address, or a name and <address>. At most {MOST:,} at once.",
    )
    invitees: list[Invitee]

    def validate_pasted(self, field: ParagraphsField) -> None:
        self.invitees, problems = invitees(field.data[:LONGEST])
        if not self.invitees and not problems:
            problems = ["Please give at least one address."]
        if len(self.invitees) > MOST:
            problems = [f"That is {len(self.invitees):,} people; please add at most {MOST:,} at once."]
        if len(problems) > TOLD:
            problems = [*problems[:TOLD], f"… and {len(problems) - TOLD:,} more."]
        field.errors = problems[:-1]
        if problems:
            raise ValidationError(problems[-1])

    @property
    def people(self) -> dict[str, str]:
        return {person.email: person.name for person in self.invitees}
