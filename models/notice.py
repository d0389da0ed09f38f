"""Somebody is to be told of a comment, to them or in which they are named, or of an entry that names them.

Each notice is in one mail: the first of those that go together leads it, and the mail's delivery is about that one.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.comment import Comment
from models.db import Base
from models.delivery import Addressee, Delivery
from models.entry import Entry
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
        UniqueConstraint("user_id", "entry_id"),
        CheckConstraint("comment_id is null or entry_id is null", name="about"),
        Index("ix_notices_waiting", "due_at", postgresql_where="leader_id is null and due_at is not null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id")
    comment_id: Mapped[int | None] = references("comments.id", index=True)
    entry_id: Mapped[int | None] = references("entries.id", ondelete="SET NULL", index=True)
    leader_id: Mapped[int | None] = references("notices.id", index=True)  # with which it is mailed; its own in front
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # None: it is in their digest
    created_at: Mapped[CreatedAt]

    user: Mapped[User] = relationship()
    comment: Mapped[Comment | None] = relationship()
    entry: Mapped[Entry | None] = relationship()

    @classmethod
    def write(cls, tx: Session, comment_id: int, user_ids: Collection[int]) -> None:
        """Those of them are to be told who are in the team, want it, and did not write it themselves."""
        tx.execute(_WRITE, {"comment": comment_id, "users": list(user_ids), "now": clock.now()})

    @classmethod
    def name(cls, tx: Session, entry_ids: Collection[int], named: Sequence[tuple[int, int]]) -> None:
        """The same of entries and whom they name, `(entry, person)`; whom they name no more is not told any more."""
        pairs = {"entries": [entry for entry, _ in named], "users": [person for _, person in named]}
        tx.execute(_NAME_NO_MORE, {"ids": list(entry_ids), **pairs})
        tx.execute(_NAME, {"now": clock.now(), **pairs})

    @classmethod
    def told(cls, tx: Session, prompt_ids: Collection[int]) -> set[tuple[int, int]]:
        """`(prompt, person)` of everybody who has been mailed about an entry of these answers."""
        rows = select(Entry.prompt_id, cls.user_id).join(Entry, Entry.id == cls.entry_id)
        rows = rows.where(Entry.prompt_id.in_(prompt_ids), cls.leader_id.is_not(None))
        found = tx.execute(rows) if prompt_ids else ()
        return {(row.prompt_id, row.user_id) for row in found}

    @classmethod
    def mail(cls, tx: Session) -> list[int]:
        """Addresses a mail to everybody for whom something is due, with all that waits for them; the deliveries."""
        rows = tx.execute(_GATHER, {"now": clock.now(), "limit": PAGE}).all()
        to = [Addressee(row.workspace_id, row.leader_id, row.email) for row in rows]
        return Delivery.address(tx, "notice", to) if to else []

    @classmethod
    def forget(cls, tx: Session, *, comment_id: int | None = None, entry_id: int | None = None) -> None:
        """Nobody is told any more of what was deleted, who has not been told yet."""
        tx.execute(_FORGET, {"comment": comment_id, "entry": entry_id})


_DUE = """case m.notices when 'at_once' then cast(:now as timestamptz)
                          when 'hourly' then cast(:now as timestamptz) + interval '1 hour' end"""

_WRITE = text(f"""
    insert into notices (workspace_id, user_id, comment_id, due_at, created_at)
    select c.workspace_id, m.user_id, c.id, {_DUE}, :now
    from comments c
    join memberships m on m.workspace_id = c.workspace_id and m.user_id = any(:users) and m.user_id <> c.author_id
    join team_members t on t.team_id = c.team_id and t.user_id = m.user_id and t.left_at is null
    where c.id = :comment and c.deleted_at is null and m.notices <> 'never'
    on conflict (user_id, comment_id) do nothing
""")  # noqa: S608  (constants)

_NAME = text(f"""
    insert into notices (workspace_id, user_id, entry_id, due_at, created_at)
    select e.workspace_id, m.user_id, e.id, {_DUE}, :now
    from unnest(cast(:entries as bigint[]), cast(:users as bigint[])) as named (entry_id, user_id)
    join entries e on e.id = named.entry_id and e.deleted_at is null and e.user_id <> named.user_id
    join memberships m on m.workspace_id = e.workspace_id and m.user_id = named.user_id and m.notices <> 'never'
    join team_members t on t.team_id = e.team_id and t.user_id = m.user_id and t.left_at is null
    on conflict (user_id, entry_id) do nothing
""")  # noqa: S608  (constants)

_NAME_NO_MORE = text("""
    delete from notices
    where entry_id = any(:ids) and leader_id is null and (entry_id, user_id) not in (
        select * from unnest(cast(:entries as bigint[]), cast(:users as bigint[])))
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

_FORGET = text("delete from notices where (comment_id = :comment or entry_id = :entry) and leader_id is null")
