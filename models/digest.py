"""One team's day, as its readers get it next morning.

Readers in other zones read at other moments. Each gets what was there when theirs was addressed; what comes later
is in their next one, marked late. Nothing is read twice and nothing is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, joinedload, relationship

from models import clock, local_time
from models.carrying import carried
from models.comment import Comment
from models.db import Base
from models.delivery import Delivery
from models.entry import Entry
from models.prompt import Prompt
from models.sending import Claimed
from models.team import Team
from models.team_member import TeamMember
from models.types import CreatedAt, Id, WorkspaceId, references


@dataclass(frozen=True)
class Reading:
    """What one reader is told: entries of the day, earlier ones that came late, who is still in their day or away,
    what was answered to earlier digests, and what is still open from earlier days."""

    entries: list[Entry]
    late: list[Entry]
    still_working: list[str]
    reply_to_message: str | None
    away: Sequence[tuple[str, date]] = ()  # names, and until when
    comments: Sequence[Comment] = ()  # on earlier digests, since this reader's last
    still_open: Sequence[Entry] = ()


class Digest(Base):
    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("team_id", "local_date"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_id: Mapped[int] = references("teams.id")
    local_date: Mapped[date]
    created_at: Mapped[CreatedAt]

    team: Mapped[Team] = relationship()

    @classmethod
    def of(cls, tx: Session, workspace_id: int, team_id: int, day: date) -> "Digest":
        """The digest of a team's day, made unless there is one."""
        fresh = {"workspace_id": workspace_id, "team_id": team_id, "local_date": day, "created_at": clock.now()}
        tx.execute(insert(cls).values(fresh).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(team_id=team_id, local_date=day)).one()

    def has_news(self, tx: Session, reader: str) -> bool:
        """Whether there is anything that this reader (an address) has not been sent."""
        now, since = clock.now(), self._last_read(tx, reader, None)
        commented = since and Comment.between(tx, self.team_id, since, now)
        return bool(self._of_the_day(tx, now) or self._late(tx, since, now) or commented)

    def reading(self, tx: Session, delivery: Claimed | Delivery) -> Reading:
        """What the reader of this delivery gets, as far as its authors have not changed or deleted it since."""
        since = self._last_read(tx, delivery.recipient, delivery.id)
        return Reading(
            entries=self._of_the_day(tx, delivery.created_at),
            late=self._late(tx, since, delivery.created_at),
            still_working=self._still_working(tx, delivery.created_at),
            reply_to_message=self._reminder_of(tx, delivery.recipient),
            away=self._away(tx, delivery.created_at),
            comments=Comment.between(tx, self.team_id, since, delivery.created_at) if since else (),
            still_open=carried(tx, [(self.team_id, self.local_date)]),
        )

    def _of_the_day(self, tx: Session, until: datetime) -> list[Entry]:
        return self._entries(tx, Entry.local_date == self.local_date, Entry.placed_at() <= until)

    def _late(self, tx: Session, since: datetime | None, until: datetime) -> list[Entry]:
        if since is None:
            return []
        window = (Entry.placed_at() > since, Entry.placed_at() <= until)
        return self._entries(tx, Entry.local_date < self.local_date, *window)

    def _entries(self, tx: Session, *conditions: object) -> list[Entry]:
        found = select(Entry).filter_by(team_id=self.team_id, deleted_at=None).where(*conditions)  # type: ignore[arg-type]
        order = (Entry.local_date, Entry.user_id, Entry.id)
        return list(tx.scalars(found.options(joinedload(Entry.user)).order_by(*order)))

    def _last_read(self, tx: Session, reader: str, before: int | None) -> datetime | None:
        """When this reader's previous digest of this team was addressed."""
        read = select(func.max(Delivery.created_at)).join(Digest, Digest.id == Delivery.source_id)
        read = read.where(Delivery.kind == "digest", Delivery.recipient == reader, Digest.team_id == self.team_id)
        return tx.scalar(read.where(Delivery.id < before) if before else read)

    def _still_working(self, tx: Session, at: datetime) -> list[str]:
        """Names of those whose day this still is and who have not answered yet."""
        members = select(TeamMember).filter_by(team_id=self.team_id, paused_at=None).where(self._is_here(at))
        answered = select(Prompt.id).filter_by(team_member_id=TeamMember.id, local_date=self.local_date)
        waiting = members.where(~answered.where(Prompt.answered_at.is_not(None)).exists())
        awaited = tx.scalars(waiting.options(joinedload(TeamMember.user)))
        return sorted(member.user.display_name for member in awaited if self._day_ends(member.zone) > at)

    def _away(self, tx: Session, at: datetime) -> list[tuple[str, date]]:
        gone = select(TeamMember).filter_by(team_id=self.team_id, left_at=None).where(~self._is_here(at))
        found = tx.scalars(gone.options(joinedload(TeamMember.user)))
        return sorted((member.user.display_name, member.away_until) for member in found if member.away_until)

    def _is_here(self, at: datetime) -> ColumnElement[bool]:
        return func.coalesce(TeamMember.away_until <= at.date(), True)

    def _day_ends(self, zone: str) -> datetime:
        return local_time.moment_of(self.local_date + timedelta(days=1), time(0), zone)

    def _reminder_of(self, tx: Session, reader: str) -> str | None:
        """The provider's id of the mail that asked this reader about this day: the digest joins its thread."""
        asked = select(Delivery.provider_id).join(Prompt, Prompt.id == Delivery.source_id).join(TeamMember)
        asked = asked.where(Delivery.kind == "reminder", Delivery.recipient == reader)
        return tx.scalar(asked.where(Prompt.local_date == self.local_date, TeamMember.team_id == self.team_id))
