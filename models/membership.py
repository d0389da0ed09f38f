"""A user in a workspace, and what they may do there."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.db import Base
from models.types import BroughtBy, CreatedAt, Id, Words, WorkspaceId, references
from models.user import User


class Role(StrEnum):
    """Who may do what, most first. Owners and admins change settings, editors write, members answer and read."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    MEMBER = "member"


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id"),
        CheckConstraint("role in ('owner', 'admin', 'editor', 'member')", name="role"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id", index=True)
    role: Mapped[Words]
    import_id: Mapped[BroughtBy]
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship()

    @property
    def manages(self) -> bool:
        return self.role in (Role.OWNER, Role.ADMIN)
