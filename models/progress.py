"""How far an edition has come: everybody in its audience, by the state their copy is in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models import clock
from models.delivery import State

RECENT = timedelta(seconds=60)


class Progress(NamedTuple):
    audience: int  # as it was counted when it was frozen
    states: dict[str, int]  # as they are now
    per_second: float  # handed to the provider, over the last minute
    recorded: str  # the edition's state, by its row
    awaits_rest: bool

    @classmethod
    def of(cls, tx: Session, edition_id: int) -> "Progress":
        return cls.of_each(tx, [edition_id])[edition_id]

    @classmethod
    def of_each(cls, tx: Session, edition_ids: Sequence[int]) -> dict[int, "Progress"]:
        """By edition. Audience and states come from one statement, and so from one moment."""
        now = clock.now()
        found: dict[int, list[Row[Any]]] = {}
        for row in tx.execute(_COUNT, {"editions": list(edition_ids), "recently": now - RECENT}):
            found.setdefault(row.id, []).append(row)
        return {number: cls._told(rows, now) for number, rows in found.items()}

    @classmethod
    def _told(cls, rows: Sequence[Row[Any]], now: datetime) -> "Progress":
        states = {str(state): next((int(r.copies) for r in rows if r.state == state), 0) for state in State}
        recent, since = int(sum(r.recent for r in rows)), min((r.since for r in rows if r.since), default=now)
        rate = recent / max(1.0, (now - since).total_seconds())
        counted = {state: count for state, count in states.items() if count}
        return cls(rows[0].audience, counted, rate, rows[0].recorded, rows[0].awaits_rest)

    @property
    def state(self) -> str:
        """The edition's, which is sent as soon as nothing is open; its row says so after the next tick."""
        is_open = self.waiting or self.awaits_rest or State.UNKNOWN in self.states
        return "sent" if self.recorded == "sending" and not is_open else self.recorded

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def balances(self) -> bool:
        """Whether nobody was lost and nobody came twice."""
        return self.total == self.audience

    @property
    def waiting(self) -> int:
        return self.states.get(State.QUEUED, 0) + self.states.get(State.SENDING, 0)

    @property
    def percent(self) -> int:
        return 100 * (self.total - self.waiting) // self.total if self.total else 0

    @property
    def seconds_left(self) -> int | None:
        """None when nothing moves, and nobody can say."""
        return round(self.waiting / self.per_second) if self.per_second else None


# Nobody sends what waits of a canceled edition, though it may take a while until each row says so. The sums are
# those of `models.traces.tally`, kept in the transactions that change copies: a million are read as fast as ten.
_COUNT = text("""
    select e.id, e.audience, e.state as recorded, e.rest_at is not null and e.rest_queued_at is null as awaits_rest,
           case when e.state = 'canceled' and t.word = 'queued' then 'canceled' else t.word end as state,
           coalesce(sum(t.count) filter (where t.what = 'copy'), 0) as copies,
           coalesce(sum(t.count) filter (where t.what = 'sent' and t.at > :recently), 0) as recent,
           min(t.at) filter (where t.what = 'sent' and t.at > :recently) as since
    from editions e left join edition_tallies t on t.edition_id = e.id and t.what in ('copy', 'sent')
    where e.id = any(:editions)
    group by 1, 2, 3, 4, 5
""")
