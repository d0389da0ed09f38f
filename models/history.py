"""What was said day by day, counted: a team's month, a person's year."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from models.comment import Comment
from models.digest import Digest
from models.entry import Entry

PAGE = 14  # days with something on them
SHOWN = 40  # entries of a day, on a page of several


class Day(NamedTuple):
    """How many people wrote on a day of a team, how many entries, and whether it has gone out in a digest."""

    people: int
    entries: int
    is_sent: bool = False


def of_team(tx: Session, team_id: int, first: date, last: date) -> dict[date, Day]:
    """The days between these on which somebody wrote."""
    when = Digest.local_date.between(first, last)
    sent = set(tx.scalars(select(Digest.local_date).filter_by(team_id=team_id).where(when)))
    counted = select(Entry.local_date, func.count(distinct(Entry.user_id)), func.count()).where(
        Entry.team_id == team_id
    )
    counted = counted.where(Entry.local_date.between(first, last), Entry.deleted_at.is_(None))
    days = tx.execute(counted.group_by(Entry.local_date))
    return {day: Day(people, entries, day in sent) for day, people, entries in days}


def of_person(tx: Session, user_id: int, teams: Collection[int], first: date, last: date) -> dict[date, int]:
    """How much one person wrote in these teams, on the days between these on which they did. Read in an index alone."""
    counted = _counted(user_id, teams).where(Entry.local_date.between(first, last))
    return {day: count for day, count in tx.execute(counted)}  # noqa: C416


def page(tx: Session, user_id: int, teams: Collection[int], until: date) -> list[tuple[date, list[Entry], int]]:
    """Their latest days up to `until`, the newest first; one more than a page.

    Each with the first that was said on it, and how much there is beside.
    """
    latest = _counted(user_id, teams).where(Entry.local_date <= until).order_by(Entry.local_date.desc())
    days = [(day, count) for day, count in tx.execute(latest.limit(PAGE + 1))]
    found: dict[date, list[Entry]] = {day: [] for day, _ in days}
    for entry in tx.scalars(_first(user_id, teams, days[-1][0], days[0][0])) if days else ():
        found[entry.local_date].append(entry)
    return [(day, found[day], count - len(found[day])) for day, count in days]


def thanked(tx: Session, user_id: int, teams: Collection[int], first: date, last: date) -> int:
    """How often somebody thanked them between these days."""
    thanks = select(func.count()).select_from(Comment).filter_by(to_user_id=user_id, kind="thanks", deleted_at=None)
    return tx.scalar(thanks.where(Comment.team_id.in_(teams), Comment.local_date.between(first, last))) or 0


def streak(written: Collection[date], today: date, working_days: Collection[int]) -> int:
    """Working days in a row on which something was written, up to today; a day that is not over counts for nothing."""
    day = today if today in written else today - timedelta(days=1)
    count = 0
    while day in written or (day.weekday() not in working_days and day > min(written, default=today)):
        count += day in written
        day -= timedelta(days=1)
    return count


def _counted(user_id: int, teams: Collection[int]) -> Select[date, int]:
    return select(Entry.local_date, func.count()).where(*_said(user_id, teams)).group_by(Entry.local_date)


def _first(user_id: int, teams: Collection[int], first: date, last: date) -> Select[Any]:
    place = func.row_number().over(partition_by=Entry.local_date, order_by=Entry.id).label("place")
    placed = select(Entry.id, place).where(*_said(user_id, teams), Entry.local_date.between(first, last)).subquery()
    shown = select(Entry).join(placed, placed.c.id == Entry.id).where(placed.c.place <= SHOWN)
    return shown.order_by(Entry.id)


def _said(user_id: int, teams: Collection[int]) -> Sequence[ColumnElement[bool]]:
    return Entry.user_id == user_id, Entry.team_id.in_(teams), Entry.deleted_at.is_(None)
