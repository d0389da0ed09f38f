"""The visitor's seats, each on the day that it is where they are, and whether they have answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from models import clock, local_time
from models.prompt import Prompt
from models.team_member import TeamMember
from web.visitor import visitor


@dataclass(frozen=True)
class Desk:
    member: TeamMember
    day: date
    prompt: Prompt | None

    @property
    def has_answered(self) -> bool:
        return self.prompt is not None and self.prompt.answered_at is not None

    @property
    def is_waited_for(self) -> bool:
        """Whether the team hopes for an answer today."""
        is_there = not self.member.paused_at and not self.member.is_away
        return is_there and not self.has_answered and (self.prompt is not None or self._works)

    @property
    def will_be_asked(self) -> bool:
        """Today, by mail: its hour is still to come."""
        at = self.member.next_reminder_at
        return at is not None and local_time.local_day(at, self.member.zone) == self.day

    @property
    def _works(self) -> bool:
        return self.day.weekday() in self.member.working_days


def desks(tx: Session) -> list[Desk]:
    """Two queries, however many seats somebody has."""
    seats = _seats(tx)
    days = {seat.id: local_time.local_day(clock.now(), seat.zone) for seat in seats}
    asked = select(Prompt).where(tuple_(Prompt.team_member_id, Prompt.local_date).in_(days.items()))
    prompts = {prompt.team_member_id: prompt for prompt in tx.scalars(asked)} if days else {}
    return [Desk(seat, days[seat.id], prompts.get(seat.id)) for seat in seats]


def _seats(tx: Session) -> Sequence[TeamMember]:
    mine = select(TeamMember).filter_by(workspace_id=visitor.workspace.id, user_id=visitor.user.id, left_at=None)
    return tx.scalars(mine.options(joinedload(TeamMember.team)).order_by(TeamMember.id)).all()
