"""Another address of somebody's: "Is that you?", asked by mail and answered on a page, signed in or not."""

from flask import Blueprint, abort, render_template
from sqlalchemy.orm import Session

from jobs.inbound_emails import understand
from models.db import transaction
from models.inbound_email import InboundEmail
from models.user_address import UserAddress
from web.soon import soon
from web.visitor import public

page = Blueprint("addresses", __name__, url_prefix="/addresses")


@page.get("/<address_token>")
@public
def edit(address_token: str) -> str:
    """Changes nothing: mail scanners open links before people do."""
    with transaction() as tx:
        address = _held(tx, address_token)
    return render_template("addresses/edit.html", address=address)


@page.post("/<address_token>")
@public
def confirm(address_token: str) -> str:
    """From now on mail from there is theirs, and so is what has been held."""
    with transaction() as tx:
        address = _held(tx, address_token)
        address.confirm(tx)
        taken = InboundEmail.reopen_held(tx, address.user_id, address.email)
        tx.refresh(address)
    if taken:
        soon(understand.later_each, taken)
    return render_template("addresses/edit.html", address=address)


def _held(tx: Session, token: str) -> UserAddress:
    address = UserAddress.holding(tx, token) or abort(404)
    address.user, address.workspace  # noqa: B018  (read while there is a session to read it with)
    return address
