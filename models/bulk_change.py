"""One thing done to everybody whom somebody found in a list: by the page, from behind the last one that is done.

running ─last page→ finished
   └ stopped
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, directory, roster
from models.db import Base, transaction
from models.directory import Directory
from models.roster import Roster
from models.subscription_change import Change, How
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId, references
from models.user import User

PAGE = 2_000  # people
OVERDUE = timedelta(minutes=1)


class State(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"


VERBS = {"contacts": ("tag", "untag"), "subscribers": ("tag", "untag", "unsubscribe")}


class BulkChange(Base):
    __tablename__ = "bulk_changes"
    __table_args__ = (
        CheckConstraint("state in ('running', 'finished', 'stopped')", name="state"),
        Index("ix_bulk_changes_running", "id", postgresql_where="state = 'running'"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    noun: Mapped[Words]  # contacts or subscribers
    wanted: Mapped[dict[str, Any]] = mapped_column(JSONB)  # what of a `Directory` or a `Roster` is not blank
    verb: Mapped[Words]
    word: Mapped[Words]  # the tag
    ip: Mapped[Words]
    state: Mapped[Words] = mapped_column(default=State.RUNNING)
    place: Mapped[int] = mapped_column(BigInteger, default=0)  # the last of them that was looked at
    total: Mapped[int]  # how many they were, as far as they were counted
    seen: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)  # for how many it made a difference
    moved_at: Mapped[Moment] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    user: Mapped[User | None] = relationship()

    @property
    def whom(self) -> Directory | Roster:
        if self.noun == "contacts":
            return Directory(self.workspace_id, **self.wanted)
        return Roster(**self.wanted)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.seen // self.total) if self.total else 100

    def stop(self, tx: Session) -> bool:
        """What has been done stays; nothing else is."""
        row = update(BulkChange).where(BulkChange.id == self.id, BulkChange.state == State.RUNNING)
        ended = {"state": State.STOPPED, "finished_at": clock.now()}
        return tx.execute(row.values(**ended)).rowcount == 1  # type: ignore[attr-defined]

    @classmethod
    def stuck(cls, tx: Session) -> Sequence[int]:
        """Those that lost their job."""
        running = select(cls.id).where(cls.state == State.RUNNING, cls.moved_at < clock.now() - OVERDUE)
        return tx.scalars(running.order_by(cls.id)).all()


def step(number: int) -> bool:
    """One page, in a transaction of its own; False when there is nothing left to do."""
    with transaction() as tx:
        change = tx.get(BulkChange, number, with_for_update=True)
        if change is None or change.state != State.RUNNING:
            return False
        ids = change.whom.after(tx, change.place, PAGE)
        change.done += _do(tx, change, ids) if ids else 0
        change.seen, change.moved_at = change.seen + len(ids), clock.now()
        change.place = ids[-1] if ids else change.place
        if len(ids) < PAGE:
            change.state, change.finished_at = State.FINISHED, clock.now()
        return len(ids) == PAGE


def _do(tx: Session, change: BulkChange, ids: Sequence[int]) -> int:
    if change.verb == "unsubscribe":
        user = tx.get(User, change.user_id) if change.user_id else None
        return roster.end(tx, ids, Change(How.OPERATOR, user.email if user else "", "", change.ip))
    kind = directory if change.noun == "contacts" else roster
    return (kind.tag if change.verb == "tag" else kind.untag)(tx, ids, change.word)
