"""One line of an answer, and what its author has made of it since."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, DateTime, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.team import Team
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User


class Kind(StrEnum):
    DONE = "done"
    GOAL = "goal"
    BLOCKER = "blocker"


class Outcome(StrEnum):
    """What became of a goal or a blocker; of one that is open, and of what is done, there is none."""

    DONE = "done"  # a goal that was ticked
    DROPPED = "dropped"  # a goal that nobody pursues any more
    RESOLVED = "resolved"  # a blocker that blocks nobody any more


OUTCOMES = {Kind.GOAL: (Outcome.DONE, Outcome.DROPPED), Kind.BLOCKER: (Outcome.RESOLVED,)}
_OPEN = "kind <> 'done' and outcome = '' and deleted_at is null"


class Entry(Base):
    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("inbound_email_id", "place"),
        CheckConstraint("kind in ('done', 'goal', 'blocker')", name="kind"),
        CheckConstraint("outcome in ('', 'done', 'dropped', 'resolved')", name="outcome"),
        Index("ix_entries_team_id_local_date", "team_id", "local_date"),
        Index("ix_entries_of_person", "user_id", "local_date", "team_id", postgresql_where="deleted_at is null"),
        Index("ix_entries_open", "team_id", "user_id", "local_date", postgresql_where=_OPEN),
        Index("ix_entries_goal_id", "goal_id", postgresql_where="goal_id is not null"),
        Index(
            "uq_entries_goal_id", "goal_id",
            unique=True, postgresql_where="goal_id is not null and deleted_at is null",
        ),
    )  # fmt: skip

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_id: Mapped[int] = references("teams.id")
    user_id: Mapped[int] = references("users.id", index=True)
    prompt_id: Mapped[int] = references("prompts.id", index=True)
    inbound_email_id: Mapped[int | None] = references("inbound_emails.id", ondelete="SET NULL")
    goal_id: Mapped[int | None] = references("entries.id", ondelete="SET NULL")  # that was ticked to make this
    local_date: Mapped[date]
    kind: Mapped[Words]
    body: Mapped[Words]
    place: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Words] = mapped_column(default="", server_default="")
    closed_on: Mapped[date | None]  # the day of the outcome, where its author is
    edited_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    moved_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    team: Mapped[Team] = relationship()
    user: Mapped[User] = relationship()

    @classmethod
    def placed_at(cls) -> ColumnElement[datetime]:
        """Since when it is there to be read on its day."""
        return func.coalesce(cls.moved_at, cls.created_at)

    @classmethod
    def naming(cls, tx: Session, email_ids: Iterable[int]) -> Sequence["Entry"]:
        """What these mails say that may name somebody."""
        said = select(cls).where(cls.inbound_email_id.in_(list(email_ids)), cls.deleted_at.is_(None))
        return tx.scalars(said.where(cls.body.contains("@")).order_by(cls.id)).all()

    @property
    def author(self) -> User:
        return self.user

    @property
    def came_at(self) -> datetime:
        return self.moved_at or self.created_at

    @property
    def is_open(self) -> bool:
        return self.kind != Kind.DONE and not self.outcome

    @property
    def is_touched(self) -> bool:
        """Whether a person has changed what a mail said: reading that mail again must not undo it."""
        return bool(self.edited_at or self.deleted_at or self.outcome)

    def edit(self, kind: Kind, body: str) -> None:
        """Other words, or another kind; one of another kind is open again."""
        if kind != self.kind:
            self.outcome, self.closed_on = "", None
        if (kind, body) != (self.kind, self.body):
            self.kind, self.body, self.edited_at = kind, body, clock.now()

    def close(self, outcome: Outcome, day: date) -> None:
        self.outcome, self.closed_on = outcome, day
