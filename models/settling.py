"""What was left in between: workers that died, answers that never came."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.delivery import Delivery, State


class Batch(NamedTuple):
    """Deliveries that went to the provider in one call."""

    id: str
    stream: str


def doubt_the_stale(tx: Session) -> int:
    """`sending` for too long becomes `unknown`: whether the provider has it, only the provider can say."""
    long_ago = clock.now() - timedelta(seconds=settings.stale_after)
    stale = update(Delivery).where(Delivery.state == State.SENDING, Delivery.claimed_at < long_ago)
    marked = stale.values(state=State.UNKNOWN, reason="the worker that sent it was lost")
    return tx.execute(marked).rowcount  # type: ignore[attr-defined]


def unknown_batches(tx: Session, limit: int = 200) -> list[Batch]:
    unknown = select(Delivery.batch_id, Delivery.stream).where(Delivery.state == State.UNKNOWN)
    return [Batch(str(row.batch_id), row.stream) for row in tx.execute(unknown.distinct().limit(limit))]


def settle(tx: Session, batch: Batch, found: Mapping[int, str], asked_at: datetime | None = None) -> dict[str, int]:
    """Settles a batch by what the provider's search showed of it when asked: `{delivery id: provider id}`.

    Found is sent. Absent for longer than the search can lag behind was never accepted, and may be sent again. Absent
    for now stays `unknown`. Returns `{state: count}` of what moved.

    `asked_at` is when the question was put, unless that is now: an answer may be slow, or wait for the database, and
    says nothing of what the search came to know meanwhile.
    """
    oldest = (asked_at or clock.now()) - timedelta(seconds=settings.provider_index_lag)
    values = {"ids": list(found), "provider_ids": list(found.values()), "batch": batch.id}
    sent = len(tx.execute(_FOUND, values).all())
    requeued = len(tx.execute(_ABSENT, {**batch._asdict(), "oldest": oldest, "now": clock.now()}).all())
    return {State.SENT: sent, State.QUEUED: requeued}


_FOUND = text("""
    update deliveries d
    set state = 'sent', reason = '', provider_id = f.provider_id, sent_at = coalesce(d.sent_at, d.claimed_at)
    from unnest(cast(:ids as bigint[]), cast(:provider_ids as text[])) as f(id, provider_id)
    where d.id = f.id and d.batch_id = cast(:batch as uuid) and d.state = 'unknown'
    returning d.id
""")

_ABSENT = text("""
    update deliveries
    set state = 'queued', reason = 'the provider never had it', due_at = :now
    where batch_id = cast(:id as uuid) and stream = :stream and state = 'unknown' and claimed_at < :oldest
    returning id
""")
