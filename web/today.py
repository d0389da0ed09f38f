"""What the visitor's teams were asked and have answered today."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import clock, local_time
from models.db import transaction
from models.prompt import Prompt
from models.team import Team
from models.team_member import TeamMember
from web import days
from web.visitor import everybody, visitor

page = Blueprint("today", __name__)


@dataclass(frozen=True)
class Desk:
    """One seat of the visitor, on the day that it is where they are."""

    member: TeamMember
    day: date
    prompt: Prompt | None
    people: list[days.Person]
    still_open: list[days.Person]

    @property
    def will_be_asked(self) -> bool:
        at = self.member.next_reminder_at
        return at is not None and local_time.local_day(at, self.member.zone) == self.day


@page.get("/today")
@everybody
def show() -> str:
    with transaction() as tx:
        desks = [_desk(tx, member) for member in _seats(tx)]
        has_teams = tx.scalar(select(Team.id).filter_by(workspace_id=visitor.workspace.id).limit(1)) is not None
    return render_template("today/show.html", desks=desks, has_teams=has_teams)


def _seats(tx: Session) -> list[TeamMember]:
    mine = select(TeamMember).filter_by(workspace_id=visitor.workspace.id, user_id=visitor.user.id, left_at=None)
    return list(tx.scalars(mine.options(joinedload(TeamMember.team)).order_by(TeamMember.id)))


def _desk(tx: Session, member: TeamMember) -> Desk:
    day = local_time.local_day(clock.now(), member.zone)
    prompt = tx.scalar(select(Prompt).filter_by(team_member_id=member.id, local_date=day))
    return Desk(member, day, prompt, days.people(tx, member.team_id, day), days.still_open(tx, member.team_id, day))
