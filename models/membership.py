"""A user in a workspace, and what they may do there."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.db import Base
from models.team_member import TeamMember
from models.types import BroughtBy, CreatedAt, Id, Words, WorkspaceId, references
from models.user import User


class Role(StrEnum):
    """Who may do what, most first."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    MEMBER = "member"
    OBSERVER = "observer"

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_MEANINGS = {
    Role.OWNER: "everything, owners included",
    Role.ADMIN: "settings, people, imports, deliveries, and all that editors do",
    Role.EDITOR: "writes and sends newsletters, keeps lists, answers and reads",
    Role.MEMBER: "answers what teams are asked, and reads what others answered",
    Role.OBSERVER: "reads what members read, is never asked, and changes nothing",
}
MANAGING = (Role.OWNER, Role.ADMIN)


class Refused(ValueError):
    """Why a role stays as it is, in a sentence for whoever wanted to change it."""


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id"),
        CheckConstraint("role in ('owner', 'admin', 'editor', 'member', 'observer')", name="role"),
        CheckConstraint("notices in ('at_once', 'hourly', 'digest', 'never')", name="notices"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id", index=True)
    role: Mapped[Words]
    notices: Mapped[Words] = mapped_column(default="at_once", server_default="at_once")  # a `Pace`
    import_id: Mapped[BroughtBy]
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship()

    def become(self, tx: Session, role: str, by: str) -> None:
        """Another role, given by somebody whose role is `by`. Raises `Refused`."""
        if role != self.role:
            self._ask(tx, by, becoming=role)
            self.role = role

    def end(self, tx: Session, by: str) -> None:
        """Out of the workspace and all its teams; what they wrote stays. Raises `Refused`."""
        self._ask(tx, by)
        seats = select(TeamMember).filter_by(workspace_id=self.workspace_id, user_id=self.user_id, left_at=None)
        for seat in tx.scalars(seats):
            seat.leave()
        tx.delete(self)

    def is_last_owner(self, tx: Session) -> bool:
        """Who asks at the same time waits: of two owners, both do not go at once."""
        owners = select(Membership.id).filter_by(workspace_id=self.workspace_id, role=Role.OWNER)
        found = tx.scalars(owners.order_by(Membership.id).with_for_update()).all()
        return list(found) == [self.id]

    @classmethod
    def observing(cls, tx: Session, users: Iterable[int]) -> set[tuple[int, int]]:
        """`{(workspace, user)}` where one of them is an observer."""
        found = select(cls.workspace_id, cls.user_id).where(cls.role == Role.OBSERVER, cls.user_id.in_(users))
        return {(workspace, user) for workspace, user in tx.execute(found)}

    @classmethod
    def managing(cls, tx: Session, workspace_id: int) -> Sequence[str]:
        """The addresses of its owners and admins."""
        found = select(User.email).join(cls, cls.user_id == User.id)
        return tx.scalars(found.where(cls.workspace_id == workspace_id, cls.role.in_(MANAGING))).all()

    def _ask(self, tx: Session, by: str, becoming: str = "") -> None:
        if Role.OWNER in (self.role, becoming) and by != Role.OWNER:
            raise Refused("Only an owner makes somebody an owner, or changes what an owner may do.")
        if self.is_last_owner(tx):
            raise Refused("A workspace needs an owner: make somebody else one first.")

    @property
    def manages(self) -> bool:
        return self.role in MANAGING
