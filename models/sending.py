"""The way of a delivery to the provider: claimed, then recorded. Both are compare-and-set, both take whole batches.

A claim is committed before the provider is called; no transaction is open during the call. Whoever dies in between
leaves `sending` behind, which `models.settling` turns into `unknown` and then into what the provider says.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.delivery import State
from models.edition_state import GOING_OUT
from models.stream import Weather

GIVE_UP_AFTER = timedelta(days=3)
CLAIM_HOLDS = settings.stale_after / 4  # seconds from the claim to the call; the call itself may take twice as long


class Claimed(NamedTuple):
    """A delivery that is ours to send, as of its claim. A plain row: newsletters claim them by the hundred thousand."""

    id: int
    workspace_id: int
    kind: str
    source_id: int
    recipient: str
    stream: str
    attempts: int
    created_at: datetime
    waits_since: datetime  # that, or when its edition was sent once more
    batch_id: str
    claimed_at: datetime

    @property
    def metadata(self) -> dict[str, str]:
        """What the provider keeps with the message and tells us again in every event."""
        return {"delivery": str(self.id), "batch": self.batch_id}


@dataclass(frozen=True)
class Outcome:
    """What became of one claimed delivery. `due_at` is for those that go back to the queue."""

    delivery_id: int
    state: State
    reason: str = ""
    provider_id: str | None = None
    due_at: datetime | None = None
    weather: Weather = Weather.NOTHING  # what it says of its stream

    @property
    def told(self) -> dict[str, object]:
        """What the row has to know of it."""
        told = {"reason": self.reason[:500], "provider_id": self.provider_id, "due_at": self.due_at}
        return {"state": self.state} | {name: value for name, value in told.items() if value}


def claim(tx: Session, ids: Sequence[int]) -> list[Claimed]:
    """The deliveries among `ids` that are now ours to send, as one batch.

    Leaves out what another worker has, what is not due, and what has been suppressed since it was addressed.
    """
    batch, now = uuid.uuid4().hex, clock.now()
    rows = tx.execute(_CLAIM, {"ids": list(ids), "now": now, "batch": batch})
    return sorted(Claimed._make((*row[:-1], batch, now)) for row in rows if row[-1] == State.SENDING)


def record(tx: Session, batch_id: str, outcomes: Iterable[Outcome]) -> int:
    """Writes down what the provider answered; returns how many rows it changed.

    An event that came first has moved the row on already, and stays. A row that was given back to the queue meanwhile,
    and that nobody has claimed since, is this batch's still: the answer is better than the guess.
    """
    told = {str(outcome.delivery_id): outcome.told for outcome in outcomes}
    values = {"batch": batch_id, "now": clock.now(), "ids": list(map(int, told)), "told": orjson.dumps(told).decode()}
    return len(tx.execute(_RECORD, values).all())


def spare(tx: Session, batch_id: str, ids: Sequence[int]) -> None:
    """Back to the queue as if never claimed: it was not their fault, and they go when their stream opens."""
    tx.execute(_SPARE, {"batch": batch_id, "ids": list(ids), "now": clock.now()})


def backoff(delivery: Claimed, reason: str, weather: Weather = Weather.NOTHING) -> Outcome:
    """Back to the queue, to be tried again after 5 s, 10 s, 20 s … 10 minutes; refused for good after three days."""
    now = clock.now()
    if delivery.waits_since < now - GIVE_UP_AFTER:
        return Outcome(
            delivery.id, State.FAILED, f"given up after {GIVE_UP_AFTER.days} days: {reason}", weather=weather
        )
    wait = timedelta(seconds=min(600, 5 * 2 ** min(delivery.attempts - 1, 10)))
    return Outcome(delivery.id, State.QUEUED, reason, due_at=now + wait, weather=weather)


_CLAIM = text(f"""
    with mine as (
        select id from deliveries
        where id = any(:ids) and state = 'queued' and due_at <= :now
          and (kind <> 'edition' or source_id in ({GOING_OUT}))
        order by id for update skip locked
    )
    update deliveries d
    set state = case when s.id is null then 'sending' else 'suppressed' end,
        reason = coalesce(s.reason, ''),
        batch_id = cast(:batch as uuid), claimed_at = :now, attempts = d.attempts + 1,
        settled_at = case when s.id is null then null else cast(:now as timestamptz) end
    from mine join deliveries own on own.id = mine.id
    left join suppressions s on s.workspace_id = own.workspace_id and s.email = own.recipient
                            and s.stream = own.stream and s.lifted_at is null
    where d.id = mine.id
    returning d.id, d.workspace_id, d.kind, d.source_id, d.recipient, d.stream, d.attempts, d.created_at,
              greatest(d.created_at, (select rest_at from editions where d.kind = 'edition' and id = d.source_id)),
              d.state
""")  # noqa: S608  (a constant)

# The outcomes come as one JSON object by id, since PostgreSQL finds a join of 500 with 500 hard to plan.
_RECORD = text("""
    update deliveries d
    set state = o.told -> d.id::text ->> 'state',
        reason = coalesce(o.told -> d.id::text ->> 'reason', ''),
        provider_id = coalesce(o.told -> d.id::text ->> 'provider_id', d.provider_id),
        due_at = coalesce(cast(o.told -> d.id::text ->> 'due_at' as timestamptz), d.due_at),
        sent_at = case when o.told -> d.id::text ->> 'state' = 'sent' then cast(:now as timestamptz) else d.sent_at end,
        settled_at = case when o.told -> d.id::text ->> 'state' in ('failed', 'suppressed')
                          then cast(:now as timestamptz) end
    from (select cast(:told as jsonb) as told) o
    where d.id = any(:ids) and d.batch_id = cast(:batch as uuid) and d.state in ('sending', 'unknown', 'queued')
    returning d.id
""")

_SPARE = text("""
    update deliveries set state = 'queued', settled_at = null, attempts = attempts - 1, due_at = :now
    where id = any(:ids) and batch_id = cast(:batch as uuid) and state in ('queued', 'failed')
""")
