"""Something that was done to a list: who did what, how far it has come, and what became of everybody it looked at.

running ─last page→ finished
   └ canceled

What takes long goes by the page (`models.lists.changing`); a list has one such change at a time.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.imports.file import Import
from models.lists.conditions import Conditions
from models.pace import seconds_left
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId, references
from models.user import User

OVERDUE = timedelta(minutes=1)


class Verb(StrEnum):
    PASTE = "paste"
    IMPORT = "import"
    MERGE = "merge"
    GATHER = "gather"
    SUBTRACT = "subtract"
    INTERSECT = "intersect"
    FILTER = "filter"
    WEED = "weed"
    REMOVE = "remove"


class State(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    CANCELED = "canceled"


ADDING = (Verb.PASTE, Verb.IMPORT, Verb.MERGE, Verb.GATHER)


class ListChange(Base):
    __tablename__ = "list_changes"
    __table_args__ = (
        CheckConstraint("state in ('running', 'finished', 'canceled')", name="state"),
        Index("uq_list_changes_list_id_running", "list_id", unique=True, postgresql_where="state = 'running'"),
        Index("uq_list_changes_list_id_import_id", "list_id", "import_id", unique=True),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    list_id: Mapped[int] = references("lists.id", index=True)
    verb: Mapped[Words]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    import_id: Mapped[int | None] = references("imports.id", ondelete="SET NULL", index=True)
    source_id: Mapped[int | None] = references("lists.id", ondelete="SET NULL", index=True)  # the other list
    source_name: Mapped[Words] = mapped_column(default="")  # as it was called then
    conditions: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    state: Mapped[Words] = mapped_column(default=State.RUNNING)
    place: Mapped[int] = mapped_column(default=0)  # the last contact it has looked at
    total: Mapped[int] = mapped_column(default=0)  # how many it was going to look at
    seen: Mapped[int] = mapped_column(default=0)  # at how many it has looked
    chosen: Mapped[int] = mapped_column(default=0)  # how many of them were meant
    done: Mapped[int] = mapped_column(default=0)  # how many came or left
    moved_at: Mapped[Moment] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    user: Mapped[User | None] = relationship()
    imported: Mapped[Import | None] = relationship()

    def fits(self, publications: Mapping[int, str]) -> str:
        """Whom it was about, in words."""
        return Conditions(**self.conditions).described(publications)

    @property
    def percent(self) -> int:
        return min(100, 100 * self.seen // self.total) if self.total else 100

    @property
    def seconds_left(self) -> int | None:
        return seconds_left(self.created_at, self.seen, self.total)

    @property
    def way(self) -> str:
        """How somebody came onto a list by it."""
        return f"{self.verb} of {self.source_name}" if self.source_name else self.verb

    @property
    def result(self) -> dict[str, int]:
        """What became of everybody it looked at, in words, without the noughts: the sum is `seen`."""
        stayed, passed = self.chosen - self.done, self.seen - self.chosen
        if self.verb in ADDING:
            told = {"came": self.done, "were on it already": stayed, "do not fit": passed}
        elif self.verb in (Verb.INTERSECT, Verb.FILTER):
            told = {"left": self.done, "stay": self.seen - self.done}
        else:
            told = {"left": self.done, "were not on it": stayed, "stay": passed}
        return {words: count for words, count in told.items() if count}

    def settle(self, tx: Session, *, seen: int, done: int) -> "ListChange":
        """What was done at once."""
        self.seen = self.chosen = self.total = seen
        self.done, self.state, self.finished_at = done, State.FINISHED, clock.now()
        tx.flush()
        return self

    def cancel(self, tx: Session) -> bool:
        """What has been done stays; nothing else is."""
        row = update(ListChange).where(ListChange.id == self.id, ListChange.state == State.RUNNING)
        ended = {"state": State.CANCELED, "finished_at": clock.now()}
        return tx.execute(row.values(**ended)).rowcount == 1  # type: ignore[attr-defined]

    @classmethod
    def by_import(cls, tx: Session, imported: Import, list_id: int) -> int:
        """The change with which an import's people come onto a list: one, however many rows bring them."""
        about = {"workspace_id": imported.workspace_id, "list_id": list_id, "import_id": imported.id}
        fresh = about | {"verb": Verb.IMPORT, "user_id": imported.user_id, "state": State.FINISHED}
        defaults = {"source_name": imported.name, "finished_at": clock.now()}
        tx.execute(insert(cls).values(**fresh, **defaults).on_conflict_do_nothing())
        return tx.scalars(select(cls.id).filter_by(**about)).one()

    @classmethod
    def count(cls, tx: Session, number: int, *, seen: int, done: int) -> None:
        """More of what an import brought."""
        more = {"seen": cls.seen + seen, "chosen": cls.chosen + seen, "done": cls.done + done, "moved_at": clock.now()}
        tx.execute(update(cls).where(cls.id == number).values(**more))

    @classmethod
    def running(cls, tx: Session, list_id: int) -> "ListChange | None":
        """The one that changes this list, or goes by it."""
        about = (cls.list_id == list_id) | (cls.source_id == list_id)
        return tx.scalar(select(cls).filter_by(state=State.RUNNING).where(about).order_by(cls.id).limit(1))

    @classmethod
    def stuck(cls, tx: Session) -> list[int]:
        """Those that have not moved for a minute: their job is lost."""
        still = select(cls.id).where(cls.state == State.RUNNING, cls.moved_at < clock.now() - OVERDUE)
        return list(tx.scalars(still.order_by(cls.id)))
