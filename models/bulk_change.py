"""One thing done to everybody whom somebody found in a list: by the page, from behind the last one that is done.

running ─last page→ finished ─undo→ undoing → undone
   └ stopped ───────────────────────┘

Whom a tag was given to or taken from is kept by the page for a month: those alone get it back, or lose it again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, Index, delete, select, update
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
KEPT = timedelta(days=30)  # in which it can be undone


class State(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


MOVING = (State.RUNNING, State.UNDOING)

VERBS = {"contacts": ("tag", "untag"), "subscribers": ("tag", "untag", "unsubscribe")}


class BulkChange(Base):
    __tablename__ = "bulk_changes"
    __table_args__ = (
        CheckConstraint("state in ('running', 'finished', 'stopped', 'undoing', 'undone')", name="state"),
        Index("ix_bulk_changes_moving", "id", postgresql_where="state in ('running', 'undoing')"),
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
    undone: Mapped[int] = mapped_column(default=0, server_default="0")  # of how many that was taken back
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
    def moves(self) -> bool:
        return self.state in MOVING

    @property
    def way(self) -> tuple[int, int]:
        """How many are done, of how many: of those it looks at, or takes back."""
        return (self.undone, self.done) if self.state == State.UNDOING else (self.seen, self.total)

    @property
    def percent(self) -> int:
        done, total = self.way
        return min(100, 100 * done // total) if total else 100

    def can_be_undone(self, tx: Session) -> bool:
        ended = self.state in (State.FINISHED, State.STOPPED)
        return ended and tx.scalar(select(BulkChangePage.id).filter_by(change_id=self.id).limit(1)) is not None

    def undo(self, tx: Session) -> bool:
        """Whether it begins to be."""
        ended = update(BulkChange).where(
            BulkChange.id == self.id, BulkChange.state.in_((State.FINISHED, State.STOPPED))
        )
        begun = ended.values(state=State.UNDOING, moved_at=clock.now(), finished_at=None)
        return self.can_be_undone(tx) and tx.execute(begun).rowcount == 1  # type: ignore[attr-defined]

    def stop(self, tx: Session) -> bool:
        """What has been done stays; nothing else is."""
        row = update(BulkChange).where(BulkChange.id == self.id, BulkChange.state == State.RUNNING)
        ended = {"state": State.STOPPED, "finished_at": clock.now()}
        return tx.execute(row.values(**ended)).rowcount == 1  # type: ignore[attr-defined]

    @classmethod
    def stuck(cls, tx: Session) -> Sequence[int]:
        """Those that lost their job."""
        moving = select(cls.id).where(cls.state.in_(MOVING), cls.moved_at < clock.now() - OVERDUE)
        return tx.scalars(moving.order_by(cls.id)).all()

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Whom those changed that are too old to be undone."""
        old = select(cls.id).where(cls.created_at < clock.now() - KEPT, cls.state != State.UNDOING)
        tx.execute(delete(BulkChangePage).where(BulkChangePage.change_id.in_(old)))


class BulkChangePage(Base):
    """Those of a page for whom a change made a difference."""

    __tablename__ = "bulk_change_pages"

    id: Mapped[Id]
    change_id: Mapped[int] = references("bulk_changes.id", index=True)
    contacts: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


def step(number: int) -> bool:
    """One page, in a transaction of its own; False when there is nothing left to do."""
    with transaction() as tx:
        change = tx.get(BulkChange, number, with_for_update=True)
        if change is None or not change.moves:
            return False
        change.moved_at = clock.now()
        goes_on, end = _STEPS[State(change.state)]
        if goes_on(tx, change):
            return True
        change.state, change.finished_at = end, clock.now()
        return False


def _forth(tx: Session, change: BulkChange) -> bool:
    """Whether there may be another page behind this one."""
    ids = change.whom.after(tx, change.place, PAGE)
    change.done += _do(tx, change, ids) if ids else 0
    change.seen += len(ids)
    change.place = ids[-1] if ids else change.place
    return len(ids) == PAGE


def _back(tx: Session, change: BulkChange) -> bool:
    page = tx.scalar(select(BulkChangePage).filter_by(change_id=change.id).order_by(BulkChangePage.id.desc()).limit(1))
    if page is None:
        return False
    verb = directory.untag if change.verb == "tag" else directory.tag
    change.undone += len(verb(tx, page.contacts, change.word))
    tx.delete(page)
    return True


_STEPS = {State.RUNNING: (_forth, State.FINISHED), State.UNDOING: (_back, State.UNDONE)}


def _do(tx: Session, change: BulkChange, ids: Sequence[int]) -> int:
    if change.verb == "unsubscribe":
        user = tx.get(User, change.user_id) if change.user_id else None
        return roster.end(tx, ids, Change(How.OPERATOR, user.email if user else "", "", change.ip))
    kind = directory if change.noun == "contacts" else roster
    changed = (kind.tag if change.verb == "tag" else kind.untag)(tx, ids, change.word)
    if changed:
        tx.add(BulkChangePage(change_id=change.id, contacts=changed))
    return len(changed)
