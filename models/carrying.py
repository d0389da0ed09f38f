"""What is still open: goals are carried over from day to day until they are ticked, blockers until resolved."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, text
from sqlalchemy.orm import Session, joinedload

from models.entry import Entry, Kind
from models.team_member import TeamMember

Place = tuple[int, date]  # a team's number, and a day

CARRIED = timedelta(days=14)  # a goal that nobody has ticked by then is nobody's any more


def carried(tx: Session, places: Iterable[Place]) -> list[Entry]:
    """What members of these teams had open before a day of each, the oldest first; of what was said twice, the first.

    One query: it has a condition for each day, and there are three days at most on earth.
    """
    teams: dict[date, list[int]] = {}
    for team_id, day in places:
        teams.setdefault(day, []).append(team_id)
    if not teams:
        return []
    before = or_(*(Entry.team_id.in_(those) & _before(day) for day, those in teams.items()))
    found = select(Entry).where(before, *_OPEN).options(joinedload(Entry.user))
    return _once(tx.scalars(found.order_by(Entry.local_date, Entry.id)).all())


def carried_by_prompt(tx: Session, prompt_ids: Iterable[int]) -> dict[int, list[tuple[str, str, date]]]:
    """What those who are asked have open: `{prompt: [(kind, body, since)]}`, without those who have nothing."""
    found: dict[int, list[tuple[str, str, date]]] = {}
    for number, *line in tx.execute(_BY_PROMPT, {"ids": list(prompt_ids), "days": CARRIED.days}):
        found.setdefault(number, []).append((line[0], line[1], line[2]))
    return found


def tick_said(tx: Session, prompt_ids: Iterable[int]) -> None:
    """Ticks goals that the answers to these prompts tell, in the same words, as done."""
    tx.execute(_TICK, {"ids": list(prompt_ids)})


def _before(day: date) -> ColumnElement[bool]:
    return and_(Entry.local_date < day, or_(Entry.kind == Kind.BLOCKER, Entry.local_date >= day - CARRIED))


def _once(entries: Iterable[Entry]) -> list[Entry]:
    first: dict[tuple[int, int, str, str], Entry] = {}
    for entry in entries:
        first.setdefault((entry.team_id, entry.user_id, entry.kind, entry.body.casefold()), entry)
    return list(first.values())


_SEAT = exists().where(
    TeamMember.team_id == Entry.team_id, TeamMember.user_id == Entry.user_id, TeamMember.left_at.is_(None)
)
_OPEN = (Entry.kind != Kind.DONE, Entry.outcome == "", Entry.deleted_at.is_(None), _SEAT)

_BY_PROMPT = text("""
    select p.id, e.kind, e.body, min(e.local_date) as since
    from prompts p join team_members m on m.id = p.team_member_id
    join entries e on e.team_id = m.team_id and e.user_id = m.user_id
    where p.id = any(:ids) and e.kind <> 'done' and e.outcome = '' and e.deleted_at is null
      and e.local_date < p.local_date and (e.kind = 'blocker' or e.local_date >= p.local_date - cast(:days as int))
    group by p.id, e.kind, e.body
    order by p.id, since, e.body
""")

_TICK = text("""
    with ticked as (
        update entries g set outcome = 'done', closed_on = d.local_date
        from entries d
        where d.prompt_id = any(:ids) and d.kind = 'done' and d.deleted_at is null and d.goal_id is null
          and g.team_id = d.team_id and g.user_id = d.user_id and g.kind = 'goal' and g.outcome = ''
          and g.deleted_at is null and g.local_date <= d.local_date and lower(g.body) = lower(d.body)
        returning g.id as goal, d.id as done)
    update entries d set goal_id = t.goal
    from (select done, min(goal) as goal from ticked group by done) t where d.id = t.done
""")
