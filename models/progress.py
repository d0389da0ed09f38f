"""How far an edition has come: everybody in its audience, by the state their copy is in."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock
from models.delivery import State

RECENT = timedelta(seconds=60)


class Progress(NamedTuple):
    audience: int  # as it was counted when it was frozen
    states: dict[str, int]  # as they are counted now
    per_second: float  # handed to the provider, over the last minute

    @classmethod
    def of(cls, tx: Session, edition_id: int) -> "Progress":
        """Both counts come from one statement, and so from one moment."""
        now = clock.now()
        rows = tx.execute(_COUNT, {"edition": edition_id, "recently": now - RECENT}).all()
        states = {str(state): next((r.copies for r in rows if r.state == state), 0) for state in State}
        recent, since = sum(r.recent for r in rows), min((r.since for r in rows if r.since), default=now)
        rate = recent / max(1.0, (now - since).total_seconds())
        return cls(rows[0].audience if rows else 0, {s: n for s, n in states.items() if n}, rate)

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


_COUNT = text("""
    select e.audience, d.state, count(d.id) as copies,
           count(*) filter (where d.sent_at > :recently) as recent,
           min(d.sent_at) filter (where d.sent_at > :recently) as since
    from editions e left join deliveries d on d.kind = 'edition' and d.source_id = e.id
    where e.id = :edition
    group by e.audience, d.state
""")
