"""How far an import has come: its rows, by the state they are in."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock
from models.imports.row import State
from models.imports.tally import RECENT


class Progress(NamedTuple):
    recorded: str  # the import's state, by its row
    states: dict[str, int]
    forecast: dict[str, int]
    per_second: float  # over the last minute

    @classmethod
    def of(cls, tx: Session, import_id: int) -> "Progress":
        now = clock.now()
        rows = tx.execute(_COUNT, {"import": import_id, "recently": now - RECENT}).all()
        states, forecast = _sums(rows, "state"), _sums(rows, "forecast")
        recent = int(sum(row.recent for row in rows))
        since, until = (
            min((r.since for r in rows if r.since), default=now),
            max((r.until for r in rows if r.until), default=now),
        )
        waiting = states.get(State.PENDING, 0)
        span = ((now if waiting else until) - since).total_seconds()
        return cls(rows[0].recorded, states, forecast, recent / max(1.0, span))

    @property
    def state(self) -> str:
        """It is finished as soon as nothing is pending; its row says so after the next tick."""
        return "finished" if self.recorded == "running" and not self.waiting else self.recorded

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def waiting(self) -> int:
        return self.states.get(State.PENDING, 0)

    @property
    def percent(self) -> int:
        return 100 * (self.total - self.waiting) // self.total if self.total else 0

    @property
    def seconds_left(self) -> int | None:
        """None when nothing moves, and nobody can say."""
        return round(self.waiting / self.per_second) if self.per_second else None


def _sums(rows: object, by: str) -> dict[str, int]:
    sums = {str(state): int(sum(row.rows for row in rows if getattr(row, by) == state)) for state in State}  # type: ignore[attr-defined]
    return {state: count for state, count in sums.items() if count}


# Nobody does what is pending of a canceled import, though it may take a while until each row says so.
_COUNT = text("""
    select i.state as recorded, t.forecast,
           case when i.state = 'canceled' and t.state = 'pending' then 'canceled' else t.state end as state,
           coalesce(sum(t.count), 0) as rows,
           coalesce(sum(t.count) filter (where t.settled_at > :recently), 0) as recent,
           min(t.settled_at) filter (where t.settled_at > :recently) as since,
           max(t.settled_at) as until
    from imports i left join import_tallies t on t.import_id = i.id
    where i.id = :import
    group by 1, 2, 3
""")
