"""Asks somebody whether another address is theirs: one that answered for them, or, there, one that they added."""

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.delivery import Delivery
from models.sending import Claimed
from models.user_address import UserAddress

_TEMPLATE = Template("confirmation")


Claim = tuple[UserAddress, bool]  # and whether it is asked there, because its user added it


def claim(tx: Session, delivery: Claimed | Delivery) -> Claim | None:
    whole = (joinedload(UserAddress.user), joinedload(UserAddress.workspace))
    found = tx.get(UserAddress, delivery.source_id, options=whole)
    return (found, delivery.recipient == found.email) if found else None


def confirmation(asked: Claim) -> Letter:
    each, is_there = asked
    letter = _TEMPLATE.render(
        name=each.user.display_name,
        email=each.user.email,
        address=each.email,
        is_there=is_there,
        workspace=each.workspace.name,
        link=links.address_confirmation(each),
    )
    return letter.addressed(headers=AUTOMATIC)
