"""The way of a delivery to the provider: claimed, then recorded. Both are compare-and-set, both take whole batches.

A claim is committed before the provider is called; no transaction is open during the call. Whoever dies in between
leaves `sending` behind, which `models.settling` turns into `unknown` and then into what the provider says.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.delivery import State
from models.edition import GOING_OUT
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
    batch_id: str
    attempts: int
    claimed_at: datetime
    created_at: datetime

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


def claim(tx: Session, ids: Sequence[int]) -> list[Claimed]:
    """The deliveries among `ids` that are now ours to send, as one batch.

    Leaves out what another worker has, what is not due, and what has been suppressed since it was addressed.
    """
    values = {"ids": list(ids), "now": clock.now(), "batch": uuid.uuid4().hex}
    rows = tx.execute(_CLAIM, values)
    return sorted(Claimed(*row[:-1]) for row in rows if row.state == State.SENDING)


def record(tx: Session, batch_id: str, outcomes: Iterable[Outcome]) -> int:
    """Writes down what the provider answered; returns how many rows it changed.

    An event that came first has moved the row on already, and stays. A row that was given back to the queue meanwhile,
    and that nobody has claimed since, is this batch's still: the answer is better than the guess.
    """
    told = list(outcomes)
    values = {
        "batch": batch_id,
        "now": clock.now(),
        "ids": [o.delivery_id for o in told],
        "states": [str(o.state) for o in told],
        "reasons": [o.reason[:500] for o in told],
        "provider_ids": [o.provider_id for o in told],
        "dues": [o.due_at for o in told],
    }
    return len(tx.execute(_RECORD, values).all())


def spare(tx: Session, batch_id: str, ids: Sequence[int]) -> None:
    """Back to the queue as if never claimed: it was not their fault, and they go when their stream opens."""
    tx.execute(_SPARE, {"batch": batch_id, "ids": list(ids), "now": clock.now()})


def backoff(delivery: Claimed, reason: str, weather: Weather = Weather.NOTHING) -> Outcome:
    """Back to the queue, to be tried again after 5 s, 10 s, 20 s … 10 minutes; refused for good after three days."""
    now = clock.now()
    if delivery.created_at < now - GIVE_UP_AFTER:
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
    returning d.id, d.workspace_id, d.kind, d.source_id, d.recipient, d.stream, :batch as batch_id, d.attempts,
              d.claimed_at, d.created_at, d.state
""")  # noqa: S608  (a constant)

_RECORD = text("""
    update deliveries d
    set state = o.state, reason = o.reason,
        provider_id = coalesce(o.provider_id, d.provider_id),
        due_at = coalesce(o.due_at, d.due_at),
        sent_at = case when o.state = 'sent' then cast(:now as timestamptz) else d.sent_at end,
        settled_at = case when o.state in ('failed', 'suppressed') then cast(:now as timestamptz) end
    from unnest(cast(:ids as bigint[]), cast(:states as text[]), cast(:reasons as text[]),
                cast(:provider_ids as text[]), cast(:dues as timestamptz[]))
         as o(id, state, reason, provider_id, due_at)
    where d.id = o.id and d.batch_id = cast(:batch as uuid) and d.state in ('sending', 'unknown', 'queued')
    returning d.id
""")

_SPARE = text("""
    update deliveries set state = 'queued', settled_at = null, attempts = attempts - 1, due_at = :now
    where id = any(:ids) and batch_id = cast(:batch as uuid) and state in ('queued', 'failed')
""")
