"""Form fields that several forms share."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    Form,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from models import local_time
from models.storable import clean
from models.user import InvalidAddress, normal

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def one_line(text: str | None) -> str:
    """As it is stored: no line breaks, which headers cannot hold, no NUL, which PostgreSQL cannot."""
    return " ".join(clean(text or "").split())


def is_address(form: Form, field: Field) -> None:
    try:
        normal(field.data)
    except InvalidAddress as problem:
        raise ValidationError(str(problem)) from None


def is_zone(form: Form, field: Field) -> None:
    try:
        local_time.zone(field.data)
    except local_time.UnknownZone as problem:
        raise ValidationError(f"{problem}; try a city, such as Europe/Berlin") from None


@contextmanager
def in_words(problem: str) -> Iterator[None]:
    """What a field cannot read is told in words of ours."""
    try:
        yield
    except ValueError:
        raise ValueError(problem) from None


def at_most(longest: int) -> Length:
    return Length(max=longest, message=f"Please use at most {longest:,} characters.")


class LineField(StringField):
    """A required line of text, and whatever else is checked of it."""

    def __init__(self, label: str, *checks: Any, longest: int = 200, **options: Any):
        required = [DataRequired("Please fill this in."), at_most(longest)]
        super().__init__(label, [*required, *checks], filters=[one_line], **options)


class ParagraphsField(TextAreaField):
    def __init__(self, label: str, **options: Any):
        super().__init__(label, filters=[lambda text: clean(text or "")], **options)


class WholeNumberField(IntegerField):
    """What is no number at all is told in the same words as one out of range."""

    def process_formdata(self, valuelist: list[str]) -> None:
        with suppress(ValueError):
            super().process_formdata(valuelist)


class HourField(TimeField):
    MISSING = "Please give a time, such as 18:00."

    def __init__(self, label: str, **options: Any):
        super().__init__(label, [InputRequired(self.MISSING)], format=["%H:%M", "%H:%M:%S"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        with in_words(self.MISSING):
            super().process_formdata(valuelist)


class DayField(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        with in_words("Please give a day, such as 2026-03-31."):
            super().process_formdata(valuelist)


class MomentField(DateTimeLocalField):
    def process_formdata(self, valuelist: list[str]) -> None:
        with in_words("Please give a day and an hour, such as 2026-03-31 09:00."):
            super().process_formdata(valuelist)


class WorkingDaysField(SelectMultipleField):
    """Ticks for the days of the week; Mondays are 0."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "Working days", **options: Any):
        super().__init__(
            label, coerce=int, choices=[SelectChoice(number, day) for number, day in enumerate(DAYS)], **options
        )


def zone_field(label: str = "Time zone", **options: Any) -> LineField:
    """Offers the zones of the `<datalist>` that the form macro puts on the page."""
    attributes = {"list": "zones", "autocomplete": "off", "spellcheck": "false", "data-zone": ""}
    return LineField(label, is_zone, longest=80, render_kw=attributes, **options)
