"""Editions that go on by themselves, and those whose job was lost half-way: what the tick asks about."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from config import settings
from models import clock
from models.edition import Edition, State

NEAR = timedelta(minutes=2)  # before its moment a scheduled edition gets a job of its own: longer than a tick


def scheduled(tx: Session) -> list[int]:
    """To be published now or soon."""
    near = select(Edition.id).where(Edition.state == State.SCHEDULED, Edition.due_at < clock.now() + NEAR)
    return list(tx.scalars(near))


def waiting(tx: Session) -> list[int]:
    """Published, but not addressed long after it was due: the job that was to do so is lost."""
    due_at = func.coalesce(Edition.due_at, Edition.published_at)
    return list(tx.scalars(select(Edition.id).where(Edition.state == State.ADDRESSING, due_at < _overdue())))


def half_canceled(tx: Session) -> list[int]:
    """Canceled, but some of its deliveries may still be open."""
    return list(tx.scalars(select(Edition.id).where(Edition.state == State.CANCELED, Edition.finished_at.is_(None))))


def half_resent(tx: Session) -> list[int]:
    """Sent to the rest, but not all of them are queued after long: the job that was to do so may be lost."""
    half = select(Edition.id).where(Edition.rest_at < _overdue(), Edition.rest_queued_at.is_(None))
    return list(tx.scalars(half))


def finish(tx: Session) -> list[int]:
    """Ends every edition, sent or canceled, without open deliveries; the ids of those that this caller ended."""
    return list(tx.scalars(_FINISH, {"now": clock.now()}))


def _overdue() -> datetime:
    return clock.now() - timedelta(seconds=settings.stale_after / 2)


_FINISH = text("""
    update editions e set state = case when e.state = 'sending' then 'sent' else e.state end, finished_at = :now,
        archived_at = case when e.state = 'sending' then coalesce(e.archived_at, :now) else e.archived_at end
    where e.state in ('sending', 'canceled') and e.finished_at is null
      and (e.rest_at is null or e.rest_queued_at is not null)
      and not exists (select from deliveries where state = 'queued' and kind = 'edition' and source_id = e.id)
      and e.id not in (select source_id from deliveries where state in ('sending', 'unknown') and kind = 'edition')
    returning e.id
""")
