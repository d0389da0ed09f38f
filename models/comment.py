"""What somebody said about a team's day, by mail or on its page: to one person, or to all."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.db import Base
from models.team import Team
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User


class Kind(StrEnum):
    COMMENT = "comment"
    THANKS = "thanks"


class Comment(Base):
    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("inbound_email_id", "place"),
        CheckConstraint("kind in ('comment', 'thanks')", name="kind"),
        Index("ix_comments_team_id_local_date", "team_id", "local_date"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_id: Mapped[int] = references("teams.id")
    local_date: Mapped[date]
    author_id: Mapped[int] = references("users.id", index=True)
    to_user_id: Mapped[int | None] = references("users.id", index=True)  # None: to all
    entry_id: Mapped[int | None] = references("entries.id", ondelete="SET NULL", index=True)
    inbound_email_id: Mapped[int | None] = references("inbound_emails.id", ondelete="SET NULL")
    place: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Words]
    body: Mapped[Words]
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    team: Mapped[Team] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    to: Mapped[User | None] = relationship(foreign_keys=[to_user_id])

    @classmethod
    def write(cls, tx: Session, **told: object) -> int | None:
        """The id of a new comment; None when this mail has said it, or its author the same of that day before."""
        same = ("team_id", "local_date", "author_id", "to_user_id", "body")
        if tx.scalar(select(cls.id).filter_by(deleted_at=None, **{name: told[name] for name in same}).limit(1)):
            return None
        return tx.scalar(insert(cls).values(**told).on_conflict_do_nothing().returning(cls.id))

    @classmethod
    def of_day(cls, tx: Session, team_id: int, day: date) -> Sequence["Comment"]:
        return cls._found(tx, cls.team_id == team_id, cls.local_date == day)

    @classmethod
    def between(cls, tx: Session, team_id: int, since: datetime, until: datetime) -> Sequence["Comment"]:
        """Written after `since` and up to `until`."""
        return cls._found(tx, cls.team_id == team_id, cls.created_at > since, cls.created_at <= until)

    @classmethod
    def _found(cls, tx: Session, *conditions: object) -> Sequence["Comment"]:
        people = (joinedload(cls.author), joinedload(cls.to))
        found = select(cls).filter_by(deleted_at=None).where(*conditions)  # type: ignore[arg-type]
        return tx.scalars(found.options(*people).order_by(cls.id)).all()
