"""What one person has said: their year as a heat map, their days page by page; in teams that the visitor may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import clock, history, local_time
from models.db import transaction
from models.entry import Entry
from models.team_member import TeamMember
from models.user import User
from web.charts.heat import Heat
from web.visitor import everybody, ours, visitor

page = Blueprint("yearbooks", __name__)

YEAR = timedelta(days=366)
FIRST_YEAR = 2000
LONG = 3  # days in a row that are worth a word


@dataclass(frozen=True)
class Seats:
    """Somebody, and where they sit or sat, as far as the visitor may read it."""

    member: TeamMember
    user: User
    all: Sequence[TeamMember]
    today: date

    @property
    def teams(self) -> list[int]:
        return [seat.team_id for seat in self.all]

    @property
    def working_days(self) -> set[int]:
        return {day for seat in self.all for day in seat.working_days}


@page.get("/team-members/<id:member_id>/history")
@everybody
def show(member_id: int) -> str:
    with transaction() as tx:
        seats = seated(tx, member_id)
        year = min(max(_number("year") or seats.today.year, FIRST_YEAR), seats.today.year)
        theirs, whole = (seats.user.id, seats.teams), (date(year, 1, 1), date(year, 12, 31))
        counted = history.of_person(tx, *theirs, *whole)
        lately = history.of_person(tx, *theirs, seats.today - YEAR, seats.today)
        thanks = history.thanked(tx, *theirs, *whole)
        said = history.page(tx, *theirs, _until(seats.today))
    heat = Heat(f"{seats.user.display_name} in {year}", year, counted)
    row = history.streak(lately, seats.today, seats.working_days)
    counts = {"thanks": thanks, "row": row if row >= LONG else 0, "entries": sum(heat.counts.values())}
    return render_template("yearbooks/show.html", seats=seats, heat=heat, **counts, **_page(said))


def seated(tx: Session, member_id: int) -> Seats:
    """404 for a seat in a team that the visitor may not read."""
    member, here = ours(tx, TeamMember, member_id), visitor.workspace.id
    every = select(TeamMember).filter_by(user_id=member.user_id, workspace_id=here)
    every = every.options(joinedload(TeamMember.team), joinedload(TeamMember.user))
    if not visitor.manages:
        own = select(TeamMember.team_id).filter_by(user_id=visitor.user.id, workspace_id=here, left_at=None)
        every = every.where(TeamMember.team_id.in_(own))
    found = tx.scalars(every.order_by(TeamMember.id)).all()
    if member not in found:
        abort(404)
    return Seats(member, member.user, found, local_time.local_day(clock.now(), member.zone))


def _page(said: list[tuple[date, list[Entry], int]]) -> dict[str, object]:
    earlier = said[history.PAGE][0] if len(said) > history.PAGE else None
    return {"said": said[: history.PAGE], "earlier": earlier, "is_later": bool(request.args.get("until"))}


def _until(today: date) -> date:
    try:
        return min(date.fromisoformat(request.args.get("until", "")), today)
    except ValueError:
        return today


def _number(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
