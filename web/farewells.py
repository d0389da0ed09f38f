"""`stop`, written in answer to one of our mails: done once whoever got the link presses the button behind it."""

from flask import Blueprint
from sqlalchemy.orm import Session

from models import token
from models.team_member import TeamMember
from web.mailed_link import behind

page = Blueprint("farewells", __name__, url_prefix="/farewells")


def _seat(tx: Session, text: str) -> TeamMember | None:
    number = token.opened("farewell", text)
    member = tx.get(TeamMember, number) if number else None
    return member if member and not member.left_at else None


def _pause(tx: Session, member: TeamMember) -> None:
    """Neither asked nor sent digests; their place in the team stays, and they can come back."""
    if not member.paused_at:
        member.pause()


def _told(tx: Session, member: TeamMember) -> TeamMember:
    member.team, member.user  # noqa: B018  (read while there is a session to read them with)
    return member


behind(page, "farewell_token", _seat, _pause, _told)
