"""How far an import has come: its rows, by the state they are in."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock
from models.imports.row import State
from models.imports.tally import RECENT

UNDOING = (State.UNDONE, State.KEPT, *State.has_done())  # states of rows that are to be taken back, or have been


class Progress(NamedTuple):
    recorded: str  # the import's state, by its row
    states: dict[str, int]
    forecast: dict[str, int]
    per_second: float  # over the last minute

    @classmethod
    def of(cls, tx: Session, import_id: int) -> "Progress":
        rows = tx.execute(_COUNT, {"import": import_id, "recently": clock.now() - RECENT}).all()
        progress = cls(rows[0].recorded, _sums(rows, "state"), _sums(rows, "forecast"), 0.0)
        return progress._replace(per_second=progress._pace(rows))

    @property
    def state(self) -> str:
        """It has ended as soon as nothing is waited for; its row says so after the next tick."""
        return self.recorded if self.waiting else _ENDS.get(self.recorded, self.recorded)

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def concerned(self) -> int:
        """How many rows the run is about, or its undoing: that is about those that did something."""
        return sum(self.states.get(state, 0) for state in UNDOING) if self.is_undone else self.total

    @property
    def waiting(self) -> int:
        waited = State.has_done() if self.is_undone else (State.PENDING,)
        return sum(self.states.get(state, 0) for state in waited)

    @property
    def is_undone(self) -> bool:
        """Or will be."""
        return self.recorded in ("undoing", "undone")

    @property
    def percent(self) -> int:
        return 100 * (self.concerned - self.waiting) // self.concerned if self.concerned else 0

    @property
    def seconds_left(self) -> int | None:
        """None when nothing moves, and nobody can say."""
        return round(self.waiting / self.per_second) if self.per_second else None

    def _pace(self, rows: Sequence[Row[Any]]) -> float:
        now = clock.now()
        moving = [row for row in rows if row.recent and (not self.is_undone or row.state in (State.UNDONE, State.KEPT))]
        since = min((row.since for row in moving), default=now)
        until = now if self.waiting else max((row.until for row in moving), default=now)
        return int(sum(row.recent for row in moving)) / max(1.0, (until - since).total_seconds())


_ENDS = {"running": "finished", "undoing": "undone"}


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
