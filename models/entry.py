"""One line of an answer."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User


class Kind(StrEnum):
    DONE = "done"
    GOAL = "goal"
    BLOCKER = "blocker"


class Entry(Base):
    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("inbound_email_id", "place"),
        CheckConstraint("kind in ('done', 'goal', 'blocker')", name="kind"),
        Index("ix_entries_team_id_local_date", "team_id", "local_date"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_id: Mapped[int] = references("teams.id")
    user_id: Mapped[int] = references("users.id", index=True)
    prompt_id: Mapped[int] = references("prompts.id", index=True)
    inbound_email_id: Mapped[int | None] = references("inbound_emails.id", ondelete="SET NULL")
    local_date: Mapped[date]
    kind: Mapped[Words]
    body: Mapped[Words]
    place: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship()
