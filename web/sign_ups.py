"""A newsletter's public page, where anybody subscribes; forms on other sites send here too.

No cookie is involved, so anybody's browser may be made to send this form: that is harmless, since all that it does is
to ask an address by mail, a few times a day at most. A form that did not come from this page a moment ago, as those
on other sites and those of robots do not, is shown again with what it said, to be sent with one press. Nothing that is
answered depends on whether the address is known.
"""

from urllib.parse import SplitResult, urlsplit

from flask import Blueprint, abort, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Field, HiddenField, StringField
from wtforms.validators import Length, Optional, ValidationError

from jobs.deliveries import nudge
from models import clock, token
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.joining import Joiner, join
from models.publication import Publication
from models.subscription_change import Change, How
from models.user import normal
from models.verifying.words import is_disposable
from web.fields import LineField, is_address, one_line
from web.limits import network, spend
from web.soon import soon
from web.visitor import public

page = Blueprint("sign_ups", __name__, url_prefix="/subscribe")

QUICKEST, SLOWEST = 2, 24 * 3600  # seconds that a person takes to fill it in
PER_IP = (30, 20.0)  # forms at once, and the seconds until one more: a class or an office shares an address
PER_ADDRESS = (5, 720.0)
TRAP = "website"


def is_lasting(form: FlaskForm, field: Field) -> None:
    domain = (field.data or "").rpartition("@")[2].lower()
    if is_disposable(domain):
        raise ValidationError(f"{domain} lends mailboxes to be thrown away; please give an address of your own.")


class SignUpForm(FlaskForm):
    class Meta:
        csrf = False

    email = LineField(
        "E-mail address", is_address, is_lasting, longest=320, render_kw={"type": "email", "autocomplete": "email"}
    )
    name = StringField(
        "Name",
        [Optional(), Length(max=200, message="Please use at most 200 characters.")],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
        description="If you like.",
    )
    stamp = HiddenField()


@page.get("/<slug>")
@public
def new(slug: str) -> str:
    publication = _published(slug)
    return _shown(publication, SignUpForm(request.args))


@page.post("/<slug>")
@public
def create(slug: str) -> str | tuple[str, int]:
    publication, form = _published(slug), SignUpForm()
    if not spend(f"sign-ups:{network()}", *PER_IP).is_allowed:
        return render_template("sign_ups/busy.html", publication=publication), 429
    if not form.validate():
        return _shown(publication, form), 422
    if not _is_by_a_person(publication, form.stamp.data):
        return _shown(publication, form, once_more=True)
    _join(publication, form)
    return render_template("sign_ups/create.html", publication=publication, email=normal(form.email.data))


def stamp(publication: Publication) -> str:
    """When the page was shown, which only we can say."""
    return token.sealed(f"sign-up {publication.id}", int(clock.now().timestamp()))


def _published(slug: str) -> Publication:
    with transaction() as tx:
        publication = tx.scalar(select(Publication).filter_by(slug=slug))
        if publication is None:
            abort(404)
        publication.workspace  # noqa: B018  (read while there is a session to read it with)
    return publication


def _shown(publication: Publication, form: SignUpForm, once_more: bool = False) -> str:
    form.stamp.data = stamp(publication)
    return render_template("sign_ups/new.html", publication=publication, form=form, once_more=once_more, trap=TRAP)


def _is_by_a_person(publication: Publication, stamped: str | None) -> bool:
    shown = token.opened(f"sign-up {publication.id}", stamped or "")
    return shown is not None and QUICKEST <= clock.now().timestamp() - shown <= SLOWEST


def _join(publication: Publication, form: SignUpForm) -> None:
    """Who fills in a field that nobody sees, or asks for the same address all the time, is only thanked."""
    email = normal(form.email.data)
    if request.form.get(TRAP) or not spend(f"sign-ups:{email}", *PER_ADDRESS).is_allowed:
        return
    words = f"“{publication.about or publication.name}” on {_where(publication)}"
    change = Change(How.FORM, email, words, request.remote_addr or "")
    with transaction() as tx:
        joined = join(tx, publication, Joiner(email, form.name.data or ""), change, source=_where(publication))
        ids = ask_by_mail(tx, publication, joined.opt_in, email)
    soon(nudge, "opt_in", ids)


def ask_by_mail(tx: Session, publication: Publication, opt_in: int | None, email: str) -> list[int]:
    """The delivery that asks, for `nudge`; none when there is nothing to ask."""
    return Delivery.address(tx, "opt_in", [Addressee(publication.workspace_id, opt_in, email)]) if opt_in else []


def _where(publication: Publication) -> str:
    """The page that the form is on: another site's, as far as the browser tells, else ours."""
    origin = _origin(request.headers.get("Origin", ""))
    ours = publication.workspace.base_url + url_for("sign_ups.new", slug=publication.slug)
    return f"{origin.scheme}://{origin.netloc}"[:200] if origin.netloc not in ("", request.host) else ours


def _origin(told: str) -> SplitResult:
    """Empty for what is no address: anybody may send anything."""
    try:
        return urlsplit(told)
    except ValueError:
        return urlsplit("")
