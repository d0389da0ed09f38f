"""Asks one member what they got done on one day."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.prompt import Prompt
from models.team import Team
from models.team_member import TeamMember
from models.user import User, display_name

REPLY_ABOVE = "-- Reply above this line, one thing a line --"

_TEMPLATE = Template("reminder")


class Asked(NamedTuple):
    """Somebody whose hour has come: tens of thousands at once, so no more of them than the mail says."""

    name: str
    team: Team
    day: date
    reply_token: str

    @classmethod
    def by(cls, prompt: Prompt) -> "Asked":
        member = prompt.member
        return cls(member.user.display_name, member.team, prompt.local_date, prompt.reply_token)


def prompts(tx: Session, ids: Iterable[int]) -> dict[int, Asked]:
    """`{prompt id: who is asked what}`"""
    columns = (Prompt.id, Prompt.local_date, Prompt.reply_token, TeamMember.team_id, User.name, User.email)
    seats = select(*columns).join(TeamMember, TeamMember.id == Prompt.team_member_id)
    rows = tx.execute(seats.join(User, User.id == TeamMember.user_id).where(Prompt.id.in_(ids))).all()
    theirs = select(Team).where(Team.id.in_({row.team_id for row in rows})).options(joinedload(Team.workspace))
    teams = {team.id: team for team in tx.scalars(theirs)}
    return {
        number: Asked(display_name(name, email), teams[team_id], day, token)
        for number, day, token, team_id, name, email in rows
    }


def reminder(asked: Asked) -> Letter:
    team = asked.team
    letter = _TEMPLATE.fill(
        name=asked.name,
        team=team.name,
        question=team.question,
        day=f"{asked.day:%A, %-d %B}",
        marker=REPLY_ABOVE,
        settings_link=links.team_settings(team),
        team_link=links.team(team),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(asked.reply_token),
        headers=AUTOMATIC,
    )
