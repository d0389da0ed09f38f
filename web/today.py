"""What the visitor's teams were asked and have answered today."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.db import transaction
from models.team import Team
from web import days
from web.desks import Desk, desks
from web.visitor import everybody, visitor

page = Blueprint("today", __name__)


@dataclass(frozen=True)
class Seen(Desk):
    """What is there to be read from it."""

    people: list[days.Person]
    still_open: list[days.Person]


@page.get("/today")
@everybody
def show() -> str:
    with transaction() as tx:
        seen = _seen(tx, desks(tx))
        has_teams = tx.scalar(select(Team.id).filter_by(workspace_id=visitor.workspace.id).limit(1)) is not None
    return render_template("today/show.html", desks=seen, has_teams=has_teams)


def _seen(tx: Session, mine: Sequence[Desk]) -> list[Seen]:
    places = [(desk.member.team_id, desk.day) for desk in mine]
    said, still_open = days.said(tx, places), days.still_open(tx, places)
    read = [(said[team_id], still_open[team_id]) for team_id, _ in places]
    return [Seen(desk.member, desk.day, desk.prompt, *its) for desk, its in zip(mine, read, strict=True)]
