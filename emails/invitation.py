"""Tells somebody that they are in a team, what will come, and that answering a mail is all it takes."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.db import by_id
from models.team import Team
from models.team_member import TeamMember

_TEMPLATE = Template("invitation")


def seats(tx: Session, ids: Iterable[int]) -> dict[int, TeamMember]:
    team = joinedload(TeamMember.team).joinedload(Team.workspace)
    return by_id(tx, TeamMember, ids, team, joinedload(TeamMember.user))


def invitation(member: TeamMember) -> Letter:
    team = member.team
    letter = _TEMPLATE.fill(
        name=member.user.display_name,
        team=team.name,
        workspace=team.workspace.name,
        question=team.question,
        reminder_hour=f"{member.reminder_hour:%H:%M}",
        digest_hour=f"{member.digest_hour:%H:%M}",
        zone=member.zone,
        settings_link=links.team_settings(team),
    )
    return letter.addressed(sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"), headers=AUTOMATIC)
