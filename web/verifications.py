"""Single addresses: whether mail would reach one, and on what grounds."""

from flask import Blueprint, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from jobs.verifications import verify_address
from models.db import transaction
from models.verifying.verification import Verification
from web.fields import LineField
from web.live import live
from web.soon import soon
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("verifications", __name__)

LONGEST = 320  # characters
SHOWN = 10  # of those that were asked about before


class AddressForm(FlaskForm):
    address = LineField("Address", longest=LONGEST, description="Nothing is sent to it: only name servers are asked.")


@page.get("/verifications/new")
@editors_only
def new() -> str:
    return _asked(AddressForm())


@page.post("/verifications")
@editors_only
def create() -> Response | tuple[str, int]:
    form = AddressForm()
    if not form.validate():
        return _asked(form), 422
    made = begun(form.address.data, visitor.user.id)
    return redirect(url_for("verifications.show", verification_id=made.id))


@page.get("/verifications/<id:verification_id>")
@editors_only
@live
def show(verification_id: int) -> str:
    with transaction() as tx:
        found = ours(tx, Verification, verification_id)
    return render_template("verifications/show.html", verification=found)


def begun(text: str, user_id: int | None = None) -> Verification:
    """One that a job finds out about from now on."""
    with transaction() as tx:
        made = Verification.ask(tx, here(), text, user_id)
    soon(verify_address.later, made.id)
    return made


def _asked(form: AddressForm) -> str:
    with transaction() as tx:
        latest = Verification.latest(tx, here(), SHOWN)
    return render_template("verifications/new.html", form=form, latest=latest)
