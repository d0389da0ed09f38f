"""Another address of somebody's: "Is that you?", asked by mail and answered on a page, signed in or not."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint
from sqlalchemy.orm import Session

from jobs.inbound_emails import understand
from models.inbound_email import InboundEmail
from models.user_address import UserAddress
from web.mailed_link import behind
from web.soon import soon

page = Blueprint("addresses", __name__, url_prefix="/addresses")


def _confirm(tx: Session, address: UserAddress) -> Callable[[], None] | None:
    """From now on mail from there is theirs, and so is what has been held."""
    address.confirm(tx)
    taken = InboundEmail.reopen_held(tx, address.user_id, address.email)
    return partial(soon, understand.later_each, taken) if taken else None


def _told(tx: Session, address: UserAddress) -> UserAddress:
    tx.refresh(address)
    address.user, address.workspace  # noqa: B018  (read while there is a session to read it with)
    return address


behind(page, "address_token", UserAddress.holding, _confirm, _told)
