"""The addresses from which somebody writes: listed, added with a link that is mailed there, removed."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import ValidationError

from jobs.deliveries import nudge
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.user import normal
from models.user_address import UserAddress
from web.fields import LineField, is_address
from web.limits import spend
from web.soon import soon
from web.sure import sure
from web.visitor import everybody, visitor

page = Blueprint("own_addresses", __name__, url_prefix="/settings/addresses")

LINKS = 5  # at once, then one every few hours: they go to whatever address somebody types
EVERY = 5 * 3600  # seconds


class AddressForm(FlaskForm):
    email = LineField(
        "Another address of yours", is_address, longest=320, render_kw={"type": "email", "autocomplete": "email"}
    )

    def validate_email(self, field: LineField) -> None:
        if (field.data or "").lower() == visitor.user.email:
            raise ValidationError("This is the address you sign in with: it is yours already.")


@page.get("")
@everybody
def index() -> str:
    return _shown(AddressForm())


@page.post("")
@everybody
def create() -> Response | tuple[str, int]:
    """It counts once whoever reads what comes there has opened the link."""
    form = AddressForm()
    if not form.validate():
        return _shown(form), 422
    email = normal(form.email.data)
    with transaction() as tx:
        known = UserAddress.are_of(tx, visitor.user.id, email)
    if not known and not spend(f"address:{visitor.user.id}", LINKS, EVERY).is_allowed:
        form.email.errors = ["You have asked for several links already: please try again in a few hours."]
        return _shown(form), 429
    flash(f"{email} is yours already." if known else _ask(email))
    return redirect(url_for("own_addresses.index"))


@page.post("/<id:address_id>/removal")
@everybody
@sure("Remove this address?", "What has come from there stays yours; what comes is asked about again.")
def remove(address_id: int) -> Response:
    """What has come from there stays theirs; what comes is asked about again."""
    with transaction() as tx:
        mine = select(UserAddress).filter_by(id=address_id, user_id=visitor.user.id)
        address = tx.scalar(mine) or abort(404)
        tx.delete(address)
    flash(f"{address.email} is removed.")
    return redirect(url_for("own_addresses.index"))


def _ask(email: str) -> str:
    """Mails the link, and says so. Whoever was asked before is asked afresh, with another link."""
    with transaction() as tx:
        address = UserAddress.afresh(tx, visitor.workspace.id, visitor.user.id, email)
        ids = Delivery.address(tx, "confirmation", [Addressee(visitor.workspace.id, address, email)])
    soon(nudge, "confirmation", ids)
    return f"We have mailed a link to {email}. Once you have opened it, what comes from there is yours."


def _shown(form: AddressForm) -> str:
    with transaction() as tx:
        found = tx.scalars(select(UserAddress).filter_by(user_id=visitor.user.id).order_by(UserAddress.email)).all()
    return render_template("own_addresses/index.html", form=form, found=found)
