"""Somebody deletes their account: nothing tells who they were, and what they wrote stays or goes as they choose.

Their row stays without a name, so that what others answered, sent and read still hangs together.
"""

import secrets

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session

from models.comment import Comment
from models.entry import Entry
from models.erasure import Erasure
from models.membership import Membership, Refused, Role
from models.password import Password
from models.second_factor import SecondFactor
from models.sign_in import SignIn
from models.team_member import TeamMember
from models.user import ERASED, User
from models.user_address import UserAddress
from models.workspace import Workspace


def say_farewell(tx: Session, user_id: int, *, with_words: bool) -> list[int]:
    """Also what they wrote goes `with_words`. The erasures that a job is to carry to all mails to and from them.

    Raises `Refused` while a workspace would have no owner left.
    """
    places, addresses = _places(tx, user_id), _addresses(tx, user_id)
    mine = select(Membership).filter_by(user_id=user_id).order_by(Membership.id)
    for membership in tx.scalars(mine).all():
        _leave(tx, membership)
    if with_words:
        tx.execute(delete(Comment).where(Comment.author_id == user_id))
        tx.execute(delete(Entry).where(Entry.user_id == user_id))
    SignIn.end_all(tx, user_id)
    tx.execute(update(SignIn).where(SignIn.user_id == user_id).values(agent="", address=""))
    for noun in (UserAddress, Password, SecondFactor):
        tx.execute(delete(noun).where(noun.user_id == user_id))
    user = tx.get_one(User, user_id)
    user.email, user.name, user.zone = f"{secrets.token_hex(8)}{ERASED}", "", ""
    aliases = {address: f"{secrets.token_hex(8)}{ERASED}" for address in addresses} | {addresses[0]: user.email}
    return [Erasure.of_account(tx, place, address, aliases[address]) for place in places for address in addresses]


def _places(tx: Session, user_id: int) -> list[int]:
    """The workspaces that may have written to them."""
    nouns = (Membership, TeamMember, SignIn)
    return list(tx.scalars(union(*(select(noun.workspace_id).filter_by(user_id=user_id) for noun in nouns))))


def _addresses(tx: Session, user_id: int) -> list[str]:
    """Each once, their main one first."""
    others = tx.scalars(
        select(UserAddress.email).where(UserAddress.user_id == user_id, UserAddress.confirmed_at.is_not(None))
    )
    return list(dict.fromkeys((tx.get_one(User, user_id).email, *others)))


def _leave(tx: Session, membership: Membership) -> None:
    try:
        membership.end(tx, Role.OWNER)
    except Refused:
        place = tx.get_one(Workspace, membership.workspace_id).name
        raise Refused(f"You are the last owner of {place}: make somebody else one first.") from None
