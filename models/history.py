"""What was said day by day, counted: a team's month, a person's year."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.comment import Comment
from models.digest import Digest
from models.entry import Entry

PAGE = 14  # days with something on them


class Day(NamedTuple):
    """How many people wrote on a day, how many entries, and whether it has gone out in a digest."""

    people: int
    entries: int
    is_sent: bool = False


def of_team(tx: Session, team_id: int, first: date, last: date) -> dict[date, Day]:
    """The days between these on which somebody wrote."""
    when = Digest.local_date.between(first, last)
    sent = set(tx.scalars(select(Digest.local_date).filter_by(team_id=team_id).where(when)))
    days = _days(tx, Entry.team_id == team_id, Entry.local_date.between(first, last))
    return {day: each._replace(is_sent=day in sent) for day, each in days.items()}


def of_person(tx: Session, user_id: int, teams: Collection[int], first: date, last: date) -> dict[date, Day]:
    """The same of one person, in these teams."""
    return _days(tx, Entry.user_id == user_id, Entry.team_id.in_(teams), Entry.local_date.between(first, last))


def page(tx: Session, user_id: int, teams: Collection[int], until: date) -> list[tuple[date, list[Entry]]]:
    """Their latest days up to `until`, the newest first, each with all that was said on it; one more than a page."""
    mine = (Entry.user_id == user_id, Entry.team_id.in_(teams), Entry.deleted_at.is_(None))
    days = select(Entry.local_date).where(*mine, Entry.local_date <= until).distinct()
    latest = tx.scalars(days.order_by(Entry.local_date.desc()).limit(PAGE + 1)).all()
    found: dict[date, list[Entry]] = {day: [] for day in latest}
    if latest:
        said = select(Entry).where(*mine, Entry.local_date.between(latest[-1], latest[0]))
        for entry in tx.scalars(said.order_by(Entry.id)):
            found[entry.local_date].append(entry)
    return list(found.items())


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


def _days(tx: Session, *conditions: ColumnElement[bool]) -> dict[date, Day]:
    counted = select(Entry.local_date, func.count(Entry.user_id.distinct()), func.count())
    found = tx.execute(counted.where(*conditions, Entry.deleted_at.is_(None)).group_by(Entry.local_date))
    return {day: Day(people, entries) for day, people, entries in found}
