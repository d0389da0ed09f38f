"""Asks one member what they got done on one day."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.prompt import Prompt
from models.team import Team
from models.team_member import TeamMember

REPLY_ABOVE = "-- Reply above this line, one thing a line --"

_TEMPLATE = Template("reminder")


def prompts(tx: Session, ids: Iterable[int]) -> dict[int, Prompt]:
    member = joinedload(Prompt.member)
    team = member.joinedload(TeamMember.team).joinedload(Team.workspace)
    found = select(Prompt).where(Prompt.id.in_(ids)).options(team, member.joinedload(TeamMember.user))
    return {prompt.id: prompt for prompt in tx.scalars(found)}


def reminder(prompt: Prompt) -> Letter:
    team = prompt.member.team
    letter = _TEMPLATE.fill(
        name=prompt.member.user.display_name,
        team=team.name,
        question=team.question,
        day=f"{prompt.local_date:%A, %-d %B}",
        marker=REPLY_ABOVE,
        settings_link=links.team_settings(team),
        team_link=links.team(team),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(prompt.reply_token),
        headers=AUTOMATIC,
    )
