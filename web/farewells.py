"""`stop`, written in answer to one of our mails: done once whoever got the link presses the button behind it."""

from flask import Blueprint, abort, render_template
from sqlalchemy.orm import Session

from models import token
from models.db import transaction
from models.team_member import TeamMember
from web.visitor import public

page = Blueprint("farewells", __name__, url_prefix="/farewells")


@page.get("/<farewell_token>")
@public
def new(farewell_token: str) -> str:
    with transaction() as tx:
        member = _seat(tx, farewell_token)
    return render_template("farewells/new.html", member=member)


@page.post("/<farewell_token>")
@public
def create(farewell_token: str) -> str:
    """Neither asked nor sent digests; their place in the team stays, and they can come back."""
    with transaction() as tx:
        member = _seat(tx, farewell_token)
        if not member.paused_at:
            member.pause()
    return render_template("farewells/new.html", member=member)


def _seat(tx: Session, text: str) -> TeamMember:
    number = token.opened("farewell", text)
    member = tx.get(TeamMember, number) if number else None
    if member is None or member.left_at:
        abort(404)
    member.team, member.user  # noqa: B018  (read while there is a session to read them with)
    return member
