"""What a reader gets and what is known of them, for whoever holds the link from a mail: signed out, for ever.

A GET, which scanners send too, changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput

from models import clock, local_time, preferences
from models.contact import Contact
from models.db import transaction
from models.preferences import Choice
from models.subscription import Subscription
from models.subscription_change import Change, How
from web.fields import DayField, one_line, zone_field
from web.visitor import public

# What readers choose from, as its speakers write it; whoever has another already keeps it.
LANGUAGES = {
    "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά", "en": "English", "es": "español",
    "fi": "suomi", "fr": "français", "he": "עברית", "hu": "magyar", "it": "italiano", "ja": "日本語", "ko": "한국어",
    "nb": "norsk", "nl": "Nederlands", "pl": "polski", "pt-BR": "português (Brasil)", "pt": "português",
    "ro": "română", "ru": "русский", "sv": "svenska", "tr": "Türkçe", "uk": "українська", "zh": "中文",
}  # fmt: skip

page = Blueprint("preferences", __name__, url_prefix="/preferences")

LONGEST = 366  # days of a pause


class PublicationsField(SelectMultipleField):
    option_widget = CheckboxInput()


class PreferencesForm(FlaskForm):
    class Meta:
        csrf = False  # whoever holds the link may; no cookie is involved

    publications = PublicationsField("What you get", coerce=int)
    paused_until = DayField(
        "Pause until",
        [Optional()],
        description="Nothing is sent to you before that day; then it goes on by itself. Leave it empty for no pause.",
    )
    name = StringField(
        "Name", [Length(max=200, message="Please use at most 200 characters.")], filters=[one_line],
        render_kw={"autocomplete": "name"},
    )  # fmt: skip
    locale = SelectField(
        "Language", [Regexp(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", message="Please choose one.")],
        filters=[one_line], validate_choice=False,
    )  # fmt: skip
    zone = zone_field()

    def validate_paused_until(self, field: DayField) -> None:
        if field.data and (field.data - clock.now().date()).days > LONGEST:
            raise ValidationError("Please pause for a year at most, or leave.")


@page.get("/<unsubscribe_token>")
@public
def edit(unsubscribe_token: str) -> str:
    with transaction() as tx:
        subscription = held(tx, unsubscribe_token)
        contact, choices = subscription.contact, preferences.choices(tx, subscription.contact)
    return _shown(unsubscribe_token, contact, choices, _form(contact, choices, given=False))


@page.post("/<unsubscribe_token>")
@public
def update(unsubscribe_token: str) -> Response | tuple[str, int]:
    with transaction() as tx:
        contact = held(tx, unsubscribe_token).contact
        choices = preferences.choices(tx, contact)
        form = _form(contact, choices, given=True)
        is_valid = form.validate()
        if is_valid:
            _save(tx, contact, form)
    if not is_valid:
        return _shown(unsubscribe_token, contact, choices, form), 422
    flash("Saved.")
    return redirect(url_for("preferences.edit", unsubscribe_token=unsubscribe_token))


@page.post("/<unsubscribe_token>/farewell")
@public
def leave(unsubscribe_token: str) -> Response:
    """Everything of this workspace at once."""
    with transaction() as tx:
        preferences.choose(tx, held(tx, unsubscribe_token).contact, (), change("left everything"))
    flash("Nothing is sent to you any more.")
    return redirect(url_for("preferences.edit", unsubscribe_token=unsubscribe_token))


def held(tx: Session, token: str) -> Subscription:
    return Subscription.holding(tx, token) or abort(404)


def change(words: str = "") -> Change:
    return Change(How.PAGE, words=words, ip=request.remote_addr or "")


def _form(contact: Contact, choices: Sequence[Choice], *, given: bool) -> PreferencesForm:
    day = max((day for choice in choices if (day := _pause_of(choice, contact))), default=None)
    chosen = [choice.publication.id for choice in choices if choice.is_in]
    formdata = request.form if given else None
    form = PreferencesForm(formdata, obj=contact, publications=chosen, paused_until=day)
    form.publications.choices = [SelectChoice(choice.publication.id, choice.publication.name) for choice in choices]
    form.locale.choices = [SelectChoice(*each) for each in (LANGUAGES | _another(contact.locale)).items()]
    return form


def _another(locale: str) -> dict[str, str]:
    return {} if locale in LANGUAGES else {locale: locale}


def _pause_of(choice: Choice, contact: Contact) -> date | None:
    mine = choice.subscription
    return (
        local_time.local_day(mine.paused_until, contact.zone) if mine and mine.is_paused and mine.paused_until else None
    )


def _save(tx: Session, contact: Contact, form: PreferencesForm) -> None:
    contact.name, contact.locale, contact.zone = form.name.data, form.locale.data, form.zone.data
    preferences.choose(tx, contact, form.publications.data or (), change())
    preferences.pause(tx, contact, _moment(form.paused_until.data, contact), change())


def _moment(day: date | None, contact: Contact) -> datetime | None:
    """The beginning of that day where they live; a day that is over is no pause."""
    moment = local_time.moment_of(day, time(0), contact.zone) if day else None
    return moment if moment and moment > clock.now() else None


def _shown(token: str, contact: Contact, choices: Sequence[Choice], form: PreferencesForm) -> str:
    return render_template("preferences/edit.html", token=token, contact=contact, choices=choices, form=form)
