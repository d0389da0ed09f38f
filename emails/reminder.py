"""Asks one member what they got done on one day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import addresses, links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.carrying import carried_by_prompt
from models.db import by_id
from models.prompt import Prompt
from models.team import Team
from models.team_member import TeamMember
from models.user import User, display_name

MARKS = {"goal": "[ ]", "blocker": "!"}
MOST_OPEN = 7  # of what is still open, in one mail
REPLY_ABOVE = "-- Reply above this line, one thing a line --"

_TEMPLATE = Template("reminder")


class Asked(NamedTuple):
    """Somebody whose hour has come: tens of thousands at once, so no more of them than the mail says."""

    name: str
    team: Team
    day: date
    reply_token: str
    still_open: Sequence[tuple[str, str, date]] = ()  # (kind, words, since)

    @classmethod
    def by(cls, prompt: Prompt) -> "Asked":
        member = prompt.member
        return cls(member.user.display_name, member.team, prompt.local_date, prompt.reply_token)


def prompts(tx: Session, ids: Iterable[int]) -> dict[int, Asked]:
    """`{prompt id: who is asked what}`"""
    columns = (Prompt.id, Prompt.local_date, Prompt.reply_token, TeamMember.team_id, User.name, User.email)
    seats = select(*columns).join(TeamMember, TeamMember.id == Prompt.team_member_id)
    rows = tx.execute(seats.join(User, User.id == TeamMember.user_id).where(Prompt.id.in_(ids))).all()
    teams = by_id(tx, Team, {row.team_id for row in rows}, joinedload(Team.workspace))
    still_open = carried_by_prompt(tx, [row.id for row in rows])
    return {
        number: Asked(display_name(name, email), teams[team_id], day, token, still_open.get(number, ()))
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
        **_still_open(asked),
    )
    return letter.addressed(
        sender=addresses.sender_named(f"{team.name} at {team.workspace.name}"),
        reply_to=addresses.reply_address(asked.reply_token),
        headers=AUTOMATIC,
    )


def _still_open(asked: Asked) -> dict[str, str]:
    """As lines and as items; nothing at all for whoever has nothing open."""
    said = [(MARKS[kind], body, f"since {since:%a %-d %b}") for kind, body, since in asked.still_open[:MOST_OPEN]]
    if not said:
        return {}
    more = len(asked.still_open) - len(said)
    lines = [f"  {mark} {body} ({since})" for mark, body, since in said] + ([f"  and {more} more"] if more else [])
    items = [Markup("<li>{} {} <i>{}</i></li>").format(*each) for each in said]
    items += [Markup("<li>and {} more</li>").format(more)] if more else []
    return {"open_lines": "\n".join(lines), "open_items": Markup("").join(items)}
