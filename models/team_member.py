"""A user in a team: when they are asked, when they read, in which zone, on which days."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models import clock, local_time
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User

if TYPE_CHECKING:
    from models.team import Team


class Receipts(StrEnum):
    """Whether a member is told what was understood of their answer."""

    TEAM = "team"  # as the team does
    ALWAYS = "always"
    NEVER = "never"


class TeamMember(Base):
    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("team_id", "user_id"),
        Index("ix_team_members_next_reminder_at", "next_reminder_at", postgresql_where="next_reminder_at is not null"),
        Index("ix_team_members_next_digest_at", "next_digest_at", postgresql_where="next_digest_at is not null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_id: Mapped[int] = references("teams.id")
    user_id: Mapped[int] = references("users.id", index=True)
    zone: Mapped[Words]
    reminder_hour: Mapped[time]
    digest_hour: Mapped[time]
    working_days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    away_until: Mapped[date | None]  # the first day on which they are asked again
    away_because: Mapped[Words] = mapped_column(default="", server_default="")
    receipts: Mapped[Words] = mapped_column(default=Receipts.TEAM, server_default=Receipts.TEAM)
    next_reminder_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    next_digest_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    team: Mapped["Team"] = relationship()
    user: Mapped[User] = relationship()

    def keep_hours(self, *, zone: str, reminder_hour: time, digest_hour: time) -> None:
        """New hours, from now on. Raises `UnknownZone`."""
        self.zone = local_time.zone(zone).key
        self.reminder_hour, self.digest_hour = reminder_hour, digest_hour
        self._plan()

    def work_on(self, weekdays: Collection[int]) -> None:
        """Mondays are 0."""
        self.working_days = sorted(set(weekdays))
        self._plan()

    def pause(self) -> None:
        """Neither asked nor sent digests until `resume`."""
        self.paused_at = clock.now()
        self._plan()

    def resume(self) -> None:
        self.paused_at, self.away_until, self.away_because = None, None, ""
        self._plan()

    def be_away(self, until: date, because: str) -> None:
        """Neither asked nor sent digests before that day, which is one where they are."""
        self.away_until, self.away_because = until, because
        self._plan()

    @property
    def is_away(self) -> bool:
        return self.away_until is not None and self.away_until > local_time.local_day(clock.now(), self.zone)

    @property
    def wants_receipts(self) -> bool:
        return (self.team.receipts if self.receipts == Receipts.TEAM else self.receipts) == Receipts.ALWAYS

    def leave(self) -> None:
        """Out of the team from now on. The seat stays behind, since what was written from it is the team's history."""
        self.left_at = clock.now()
        self.pause()

    def come_back(self) -> None:
        self.left_at = None
        self.resume()

    def _plan(self) -> None:
        self.next_reminder_at = None if self.paused_at else self._next(self.reminder_hour)
        self.next_digest_at = None if self.paused_at else self._next(self.digest_hour)

    def _next(self, hour: time) -> datetime | None:
        return local_time.next_moment(self._from(), hour, self.zone, self.working_days)

    def _from(self) -> datetime:
        """After this moment they are asked: now, or the last one before they are back."""
        now = clock.now()
        back = local_time.moment_of(self.away_until, time(0), self.zone) if self.away_until else now
        return max(now, back - timedelta(microseconds=1))
