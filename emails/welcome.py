"""Tells somebody that they are in a workspace, as what, and how they come in."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.membership import Membership, Role
from models.workspace import Workspace

_TEMPLATE = Template("welcome")

Place = tuple[Membership, Workspace]


def memberships(tx: Session, ids: Iterable[int]) -> dict[int, Place]:
    found = select(Membership, Workspace).join(Workspace, Workspace.id == Membership.workspace_id)
    whole = found.where(Membership.id.in_(ids)).options(joinedload(Membership.user))
    return {membership.id: (membership, workspace) for membership, workspace in tx.execute(whole)}


def welcome(place: Place) -> Letter:
    membership, workspace = place
    letter = _TEMPLATE.fill(
        name=membership.user.display_name,
        workspace=workspace.name,
        role=membership.role,
        meaning=Role(membership.role).meaning,
        email=membership.user.email,
        link=links.home(workspace),
    )
    return letter.addressed(headers=AUTOMATIC)
