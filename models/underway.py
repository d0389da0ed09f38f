"""What a workspace is sending or taking in at this moment, and what is to go out next, from sums that are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

MOST = 10  # of each kind


class Underway(NamedTuple):
    kind: str  # edition or import
    number: int
    title: str
    state: str
    due_at: datetime | None  # of one that waits for its moment
    total: int  # copies or rows
    waiting: int  # of them

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_moving(self) -> bool:
        return self.state != "scheduled"


def underway(tx: Session, workspace_id: int, *, manages: bool = True) -> Sequence[Underway]:
    """Editions, and for whoever manages imports too: what moves, then what is scheduled, soonest first."""
    asked = {"workspace": workspace_id, "manages": manages, "most": MOST}
    found = [Underway(*row) for row in tx.execute(_UNDERWAY, asked)]
    return sorted(found, key=lambda each: (not each.is_moving, each.due_at.timestamp() if each.due_at else 0.0))


_UNDERWAY = text("""
    (select 'edition' as kind, e.id as number, e.subject as title, e.state, e.due_at,
            coalesce(t.total, 0), coalesce(t.waiting, 0)
     from editions e left join lateral (
         select sum(count) as total, sum(count) filter (where word in ('queued', 'sending')) as waiting
         from edition_tallies where edition_id = e.id and what = 'copy') t on true
     where e.workspace_id = :workspace and e.state in ('scheduled', 'addressing', 'sending')
     order by e.state = 'scheduled', e.due_at, e.id limit :most)
    union all
    (select 'import', i.id, i.name, i.state, null, coalesce(t.total, 0), coalesce(t.waiting, 0)
     from imports i left join lateral (
         select sum(count) as total,
                sum(count) filter (where case when i.state = 'undoing' then state in ('created', 'changed')
                                              else state = 'pending' end) as waiting
         from import_tallies where import_id = i.id) t on true
     where :manages and i.workspace_id = :workspace and i.state in ('reading', 'running', 'undoing')
     order by i.id limit :most)
""")
