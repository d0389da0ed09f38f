"""Asks a member whether an address that answered for them is theirs."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.user_address import UserAddress

_TEMPLATE = Template("confirmation")


def claims(tx: Session, ids: Iterable[int]) -> dict[int, UserAddress]:
    found = select(UserAddress).where(UserAddress.id.in_(list(ids)))
    found = found.options(joinedload(UserAddress.user), joinedload(UserAddress.workspace))
    return {each.id: each for each in tx.scalars(found)}


def confirmation(each: UserAddress) -> Letter:
    letter = _TEMPLATE.fill(
        name=each.user.display_name,
        address=each.email,
        workspace=each.workspace.name,
        link=links.address_confirmation(each),
    )
    return letter.addressed(headers=AUTOMATIC)
