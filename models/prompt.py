"""One member asked on one local day."""

from datetime import date, datetime

from sqlalchemy import DateTime, Text, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.carrying import tick_said
from models.db import Base
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.team_member import TeamMember
from models.types import Id, Moment, WorkspaceId, references


class Prompt(Base):
    __tablename__ = "prompts"
    __table_args__ = (UniqueConstraint("team_member_id", "local_date"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    team_member_id: Mapped[int] = references("team_members.id")
    local_date: Mapped[date]
    reply_token: Mapped[str] = mapped_column(Text, unique=True)
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    member: Mapped[TeamMember] = relationship()
    entries: Mapped[list[Entry]] = relationship(order_by=Entry.id)

    @classmethod
    def token_of(cls, member_id: int, day: date) -> str:
        """Names the person, the team and the day, for a reply address."""
        return token.for_address("prompt", member_id, day.isoformat())

    @classmethod
    def holding(cls, tx: Session, reply_token: str) -> "Prompt | None":
        return tx.scalar(select(cls).filter_by(reply_token=reply_token.strip().lower()))

    @classmethod
    def on(cls, tx: Session, member: TeamMember, day: date) -> "Prompt":
        """The member's prompt for a day, made unless there is one; locked, so that one answer follows another."""
        key = {"team_member_id": member.id, "local_date": day}
        fresh = {
            "workspace_id": member.workspace_id,
            "reply_token": cls.token_of(member.id, day),
            "asked_at": clock.now(),
        }
        tx.execute(insert(cls).values(key | fresh).on_conflict_do_nothing())
        return tx.scalars(select(cls).filter_by(**key).with_for_update()).one()

    def answer(self, tx: Session, lines: list[tuple[str, str]], email: InboundEmail | None = None) -> list[Entry]:
        """Records `(kind, text)` lines as entries of the day that was asked about, however late the answer comes.

        Goals that it tells as done are ticked.
        """
        self.answered_at = self.answered_at or clock.now()
        entries = self.note(tx, lines, email)
        tick_said(tx, [self.id])
        return entries

    def note(self, tx: Session, lines: list[tuple[str, str]], email: InboundEmail | None = None) -> list[Entry]:
        """The same, but whoever was asked about the day has not answered with it."""
        entries = [self._entry(kind, body, place, email) for place, (kind, body) in enumerate(lines)]
        tx.add_all(entries)
        tx.flush()
        return entries

    def _entry(self, kind: str, body: str, place: int, email: InboundEmail | None) -> Entry:
        return Entry(
            workspace_id=self.workspace_id,
            team_id=self.member.team_id,
            user_id=self.member.user_id,
            prompt_id=self.id,
            local_date=self.local_date,
            inbound_email_id=email.id if email else None,
            kind=kind,
            body=body,
            place=place,
        )
