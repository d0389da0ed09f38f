"""What the provider said of a delivery: stored as it came, then applied."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import DateTime, Index, Row, Text, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import settings
from models import clock, following, last_heard
from models.db import Base
from models.report import RANK, Report
from models.subscription import Subscription
from models.suppression import Suppression
from models.traces import trace
from models.types import Id, Moment, Words, references
from models.workspace import Workspace


class DeliveryEvent(Base):
    __tablename__ = "delivery_events"
    __table_args__ = (
        Index("ix_delivery_events_open", "id", postgresql_where="applied_at is null"),
        Index("ix_delivery_events_delivery_id", "delivery_id"),
    )

    id: Mapped[Id]
    delivery_id: Mapped[int | None] = references("deliveries.id")
    type: Mapped[Words]
    key: Mapped[str] = mapped_column(Text, unique=True)
    payload: Mapped[Words]
    received_at: Mapped[Moment] = mapped_column(default=clock.now)
    applied_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def receive(cls, tx: Session, *, type: str, key: str, payload: str) -> int | None:
        """Stores an event as it came; returns its id, or None when it is here already."""
        row = {"type": type, "key": key, "payload": payload, "received_at": clock.now()}
        return tx.scalar(insert(cls).values(row).on_conflict_do_nothing().returning(cls.id))

    @classmethod
    def latest(cls, tx: Session) -> int:
        """The number of the last one: how many have come so far, repeats included."""
        return tx.scalar(select(func.max(cls.id))) or 0


def apply(tx: Session, ids: Sequence[int]) -> set[int]:
    """Moves the events' deliveries on, ends subscriptions, suppresses or frees addresses; the ids that must wait.

    Those are events of a delivery that somebody else is changing at this moment: to wait for it here, with others
    locked, could be to wait for ever. A repeat does nothing, and the order of events does not matter: those about an
    address count by when the provider says they happened. An event of nobody's delivery is kept as well.
    """
    reports = [Report(row.id, row.type, json.loads(row.payload)) for row in tx.execute(_OPEN, {"ids": list(ids)})]
    known = _deliveries(tx, reports)
    free = set(tx.scalars(_LOCK, {"ids": sorted({delivery.id for delivery in known.values()})}))
    ready = [report for report in reports if report.id not in known or known[report.id].id in free]
    _move(tx, ready, known)
    for report in ready:
        _tell_others(tx, report, known.get(report.id))
    told = {str(report.id): known[report.id].id if report.id in known else None for report in ready}
    tx.execute(_APPLIED, {"ids": list(map(int, told)), "told": json.dumps(told), "now": clock.now()})
    trace.take_in(tx, {known[report.id].id for report in ready if report.id in known and report.is_seen})
    return {report.id for report in reports} - {report.id for report in ready}


def _deliveries(tx: Session, reports: Iterable[Report]) -> dict[int, Row]:
    """`{event id: its delivery}`, by our own id, or else by the provider's: events may overtake the answer."""
    ids = [report.delivery_id for report in reports if report.delivery_id]
    names = [report.message_id for report in reports if report.message_id]
    rows = tx.execute(_DELIVERIES, {"ids": ids, "names": names}).all()
    ours = {row.id: row for row in rows}
    theirs = {row.provider_id: row for row in rows if row.provider_id}
    found = {r.id: ours.get(r.delivery_id) or theirs.get(r.message_id) for r in reports}
    return {number: row for number, row in found.items() if row}


def _move(tx: Session, reports: Iterable[Report], known: Mapping[int, Row]) -> None:
    """Each delivery to the highest that is said of it, by the first who says so."""
    highest: dict[str, Report] = {}
    for report in reports:
        if delivery := known.get(report.id):
            before = highest.setdefault(str(delivery.id), report)
            if RANK[report.state] > RANK[before.state]:
                highest[str(delivery.id)] = report
    told = {number: report.told for number, report in highest.items()}
    tx.execute(_MOVE, {"ids": list(map(int, told)), "told": json.dumps(told), "now": clock.now()})


def _tell_others(tx: Session, report: Report, delivery: Row | None) -> None:
    """Its subscription and the address. Postmark keeps its list by stream for the whole server: without a delivery it
    concerns every workspace."""
    if delivery and delivery.kind == "edition" and report.ends:
        Subscription.end(tx, delivery.source_id, delivery.recipient, report.ends, report.told_change)
    if not report.change:
        return
    email = report.email or (delivery.recipient if delivery else "")
    stream = delivery.stream if delivery else report.stream or settings.transactional_stream
    concerned = [delivery.workspace_id] if delivery else list(tx.scalars(select(Workspace.id)))
    concerned = last_heard.news(tx, concerned, email, stream, report.at) if email else []
    for workspace_id in concerned:
        if report.change == "impose":
            Suppression.impose(tx, workspace_id, email, stream, reason=report.change_reason, origin=report.origin)
        else:
            Suppression.lift(tx, workspace_id, email, stream)
    if concerned and stream == settings.broadcast_stream and report.is_by_hand:
        follow = following.leave if report.change == "impose" else following.come_back
        follow(tx, concerned, email, report.change_reason)


_OPEN = text("""
    select id, type, payload from delivery_events
    where id = any(:ids) and applied_at is null
    order by id for update skip locked
""")

_DELIVERIES = text("""
    select id, workspace_id, kind, source_id, recipient, stream, provider_id from deliveries
    where id = any(:ids)
    union
    select id, workspace_id, kind, source_id, recipient, stream, provider_id from deliveries
    where provider_id = any(:names)
""")

_LOCK = text("select id from deliveries where id = any(:ids) order by id for update skip locked")

_RANK = "case d.state " + " ".join(f"when '{state}' then {rank}" for state, rank in RANK.items()) + " end"

_MOVE = text(f"""
    update deliveries d
    set state = o.told -> d.id::text ->> 'state', reason = o.told -> d.id::text ->> 'reason',
        provider_id = coalesce(o.told -> d.id::text ->> 'provider_id', d.provider_id),
        settled_at = case when o.told -> d.id::text ->> 'state' <> 'sent' then cast(:now as timestamptz) end,
        sent_at = coalesce(d.sent_at, d.claimed_at)
    from (select cast(:told as jsonb) as told) o
    where d.id = any(:ids) and {_RANK} < cast(o.told -> d.id::text ->> 'rank' as int)
""")  # noqa: S608  (constants)

_APPLIED = text("""
    update delivery_events e
    set applied_at = :now, delivery_id = cast(o.told ->> e.id::text as bigint)
    from (select cast(:told as jsonb) as told) o
    where e.id = any(:ids)
""")
