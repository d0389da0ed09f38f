"""Somebody is to be told of a comment: to them, or in which they are named.

Each notice is in one mail: the first of those that go together leads it, and the mail's delivery is about that one.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import DateTime, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.comment import Comment
from models.db import Base
from models.delivery import Addressee, Delivery
from models.types import CreatedAt, Id, WorkspaceId, references
from models.user import User

PAGE = 500  # people who are mailed in one transaction


class Pace(StrEnum):
    """When somebody wants to be told."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"  # an hour after the first, with all that came since
    DIGEST = "digest"  # their next digest has it anyway: no mail of its own
    NEVER = "never"


class Notice(Base):
    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("user_id", "comment_id"),
        Index("ix_notices_waiting", "due_at", postgresql_where="leader_id is null and due_at is not null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id")
    comment_id: Mapped[int] = references("comments.id", index=True)
    leader_id: Mapped[int | None] = references("notices.id", index=True)  # with which it is mailed; its own in front
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # None: it is in their digest
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship()
    comment: Mapped[Comment] = relationship()

    @classmethod
    def write(cls, tx: Session, comment_id: int, user_ids: Collection[int]) -> None:
        """Those of them are to be told who are in the team, want it, and did not write it themselves."""
        tx.execute(_WRITE, {"comment": comment_id, "users": list(user_ids), "now": clock.now()})

    @classmethod
    def mail(cls, tx: Session) -> list[int]:
        """Addresses a mail to everybody for whom something is due, with all that waits for them; the deliveries."""
        rows = tx.execute(_GATHER, {"now": clock.now(), "limit": PAGE}).all()
        to = [Addressee(row.workspace_id, row.leader_id, row.email) for row in rows]
        return Delivery.address(tx, "notice", to) if to else []

    @classmethod
    def forget(cls, tx: Session, comment_id: int) -> None:
        """Nobody is told any more of a comment that was deleted, who has not been told yet."""
        tx.execute(_FORGET, {"comment": comment_id})


_WRITE = text("""
    insert into notices (workspace_id, user_id, comment_id, due_at, created_at)
    select c.workspace_id, m.user_id, c.id,
           case m.notices when 'at_once' then cast(:now as timestamptz)
                          when 'hourly' then cast(:now as timestamptz) + interval '1 hour' end, :now
    from comments c
    join memberships m on m.workspace_id = c.workspace_id and m.user_id = any(:users) and m.user_id <> c.author_id
    join team_members t on t.team_id = c.team_id and t.user_id = m.user_id and t.left_at is null
    where c.id = :comment and c.deleted_at is null and m.notices <> 'never'
    on conflict (user_id, comment_id) do nothing
""")

# What is locked is being mailed by somebody else at this moment.
_GATHER = text("""
    with due as (
        select distinct workspace_id, user_id from notices
        where leader_id is null and due_at <= :now limit :limit),
    waiting as (
        select n.id, n.workspace_id, n.user_id from notices n join due using (workspace_id, user_id)
        where n.leader_id is null and n.due_at is not null
        order by n.id for update of n skip locked),
    led as (select workspace_id, user_id, min(id) as leader from waiting group by workspace_id, user_id),
    told as (
        update notices n set leader_id = l.leader
        from waiting w join led l using (workspace_id, user_id) where n.id = w.id)
    select l.workspace_id, l.leader as leader_id, u.email from led l join users u on u.id = l.user_id
""")

_FORGET = text("delete from notices where comment_id = :comment and leader_id is null")
