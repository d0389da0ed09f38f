"""A workspace that its owner deletes: closed to everybody at once, and then gone by the page, for good."""

from sqlalchemy import Table, delete, exists, select
from sqlalchemy.orm import Session

from models import clock
from models.api_key import ApiKey
from models.audit_event import AuditEvent
from models.contact import Contact
from models.db import Base
from models.delivery import Delivery
from models.delivery import State as Sent
from models.edition import Edition
from models.edition_state import State
from models.membership import Membership
from models.team_member import TeamMember
from models.workspace import Workspace

PAGE = 2_000  # rows that go in one transaction, with what belongs to them


class Needed(ValueError):
    """Why a workspace stays, in a sentence for whoever wanted to delete it."""


def close(tx: Session, workspace: Workspace) -> None:
    """Nobody and no key comes in any more, and nobody is asked. Raises `Needed`."""
    _check(tx, workspace)
    workspace.deleted_at = clock.now()
    for noun in (ApiKey, Membership):
        tx.execute(delete(noun).where(noun.workspace_id == workspace.id))
    for seat in tx.scalars(select(TeamMember).filter_by(workspace_id=workspace.id, left_at=None)):
        seat.leave()


def closed(tx: Session) -> list[int]:
    """Those that are not gone yet."""
    return list(tx.scalars(select(Workspace.id).where(Workspace.deleted_at.is_not(None)).order_by(Workspace.id)))


def clear(tx: Session, workspace_id: int) -> bool:
    """A page of it goes, at last the workspace. False when that has happened, or somebody else is at it."""
    mine = select(Workspace).where(Workspace.id == workspace_id, Workspace.deleted_at.is_not(None))
    if tx.scalar(mine.with_for_update(skip_locked=True)) is None:
        return False
    if not any(_drop(tx, table, workspace_id) for table in _TABLES):
        tx.execute(delete(Workspace).where(Workspace.id == workspace_id))
    return True


def _drop(tx: Session, table: Table, workspace_id: int) -> int:
    page = select(table.c.id).where(table.c.workspace_id == workspace_id).limit(PAGE)
    return tx.execute(delete(table).where(table.c.id.in_(page))).rowcount  # type: ignore[attr-defined]


def _check(tx: Session, workspace: Workspace) -> None:
    editions = select(Edition).filter_by(workspace_id=workspace.id)
    going = editions.where(Edition.state.in_((State.ADDRESSING, State.SENDING))).exists()
    handed = select(Delivery).filter_by(workspace_id=workspace.id, state=Sent.SENDING).exists()
    if tx.scalar(select(going | handed)):
        raise Needed("Something is being sent: wait until it is done, or cancel it.")
    if workspace is Workspace.first(tx) and tx.scalar(select(exists(_others(workspace)))):
        raise Needed("Whoever manages this workspace runs the installation, which other workspaces use: it stays.")


def _others(workspace: Workspace):  # type: ignore[no-untyped-def]
    return select(Workspace.id).where(Workspace.id != workspace.id, Workspace.deleted_at.is_(None))


# What points at others goes before them; but contacts first, each with all about it, since a list of a million of them
# must not go at once. The audit log only goes with its workspace.
_TABLES = sorted(
    (table for table in reversed(Base.metadata.sorted_tables) if {"id", "workspace_id"} <= set(table.c.keys())),
    key=lambda table: table.name != Contact.__tablename__,
)
_TABLES = [table for table in _TABLES if table.name != AuditEvent.__tablename__]
