"""A month at a glance: of a team, and of one person."""

from calendar import Calendar, monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request, url_for

from models import clock, history, local_time
from models.db import transaction
from web.teams import readable
from web.visitor import everybody
from web.yearbooks import seated

page = Blueprint("months", __name__)

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Month:
    """The first of a month, what happened on its days, and the day it is today."""

    first: date
    days: Mapping[date, history.Day]
    today: date

    def weeks(self) -> list[list[date | None]]:
        """From Monday to Sunday; None for days of other months."""
        whole = Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [[day if day.month == self.first.month else None for day in week] for week in whole]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date | None:
        following = _last(self.first) + timedelta(days=1)
        return following if following <= self.today else None


@page.get("/teams/<id:team_id>/calendar")
@everybody
def of_team(team_id: int) -> str:
    with transaction() as tx:
        team, seat = readable(tx, team_id)
        today = local_time.local_day(clock.now(), seat.zone if seat else "UTC")
        first = _asked(today)
        month = Month(first, history.of_team(tx, team.id, first, _last(first)), today)
    around = {"here": url_for("months.of_team", team_id=team_id), "home": url_for("teams.show", team_id=team_id)}
    return render_template("months/show.html", title=team.name, month=month, team_id=team_id, **around)


@page.get("/team-members/<id:member_id>/calendar")
@everybody
def of_person(member_id: int) -> str:
    with transaction() as tx:
        seats = seated(tx, member_id)
        first = _asked(seats.today)
        found = history.of_person(tx, seats.user.id, seats.teams, first, _last(first))
    days = {day: history.Day(1, entries) for day, entries in found.items()}
    month, name = Month(first, days, seats.today), seats.user.display_name
    here, home = (url_for(each, member_id=member_id) for each in ("months.of_person", "yearbooks.show"))
    return render_template("months/show.html", title=name, month=month, here=here, home=home)


def _asked(today: date) -> date:
    """The first of the month that was asked for, as `2026-03`; of this month otherwise."""
    try:
        asked = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        asked = today
    return min(max(asked, EARLIEST), today).replace(day=1)


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
