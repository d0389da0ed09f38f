"""What the provider said of a delivery: stored as it came, then applied."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, Text, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from config import settings
from models import clock
from models.db import Base
from models.delivery import Delivery, State
from models.subscription import State as Ended
from models.subscription import Subscription
from models.suppression import Suppression
from models.types import Id, Moment, Words, references
from models.workspace import Workspace

# Bounce types after which Postmark itself refuses the address, and those that only say "not yet" or "read, but".
# Its documentation is at postmarkapp.com/developer/api/bounce-api.
FATAL = {"HardBounce", "BadEmailAddress", "ManuallyDeactivated"}
PASSING = {"Transient", "AutoResponder", "Subscribe", "AddressChange", "ChallengeVerification", "OpenRelayTest"}

# What ends a subscription, and how it is left.
ENDS = {"Bounce": Ended.BOUNCED, "SpamComplaint": Ended.COMPLAINED}

# A later state never gives way to an earlier one, in whatever order the events come. An event of a message that we
# believed never accepted, and queued again or gave up, proves that it was.
RANK = dict.fromkeys([State.QUEUED, State.SENDING, State.UNKNOWN, State.FAILED, State.CANCELED], 0) | {
    State.SENT: 1,
    State.DELIVERED: 2,
    State.BOUNCED: 3,
    State.COMPLAINED: 4,
}


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
    def open(cls, tx: Session, number: int) -> "DeliveryEvent | None":
        """The event, locked, unless it has been applied (or is being applied at this moment)."""
        statement = select(cls).filter_by(id=number, applied_at=None).with_for_update(skip_locked=True)
        return tx.scalar(statement)

    def apply(self, tx: Session) -> None:
        """Moves the delivery on, ends the subscription, suppresses or frees the address.

        An event of nobody's delivery is kept as well.
        """
        told = json.loads(self.payload)
        delivery = self._delivery(tx, told)
        if delivery:
            self.delivery_id = delivery.id
            self._move(tx, delivery, told)
            self._unsubscribe(tx, delivery, told)
        self._suppress(tx, delivery, told)
        self.applied_at = clock.now()

    def _delivery(self, tx: Session, told: dict[str, Any]) -> Delivery | None:
        """By our own id in the metadata, which is known before the provider's: events may overtake the answer."""
        known = tx.get(Delivery, ours) if (ours := _our_id(told)) else None
        provider_id = _word(told, "MessageID")
        if known is None and provider_id:
            known = tx.scalar(select(Delivery).filter_by(provider_id=provider_id).limit(1))
        return known

    def _move(self, tx: Session, delivery: Delivery, told: dict[str, Any]) -> None:
        state, reason = self._verdict(told)
        below = [earlier for earlier, rank in RANK.items() if rank < RANK[state]]
        now, provider_id = clock.now(), _word(told, "MessageID") or Delivery.provider_id
        row = update(Delivery).where(Delivery.id == delivery.id, Delivery.state.in_(below))
        settled = now if state != State.SENT else None
        moved = {"state": state, "reason": reason, "provider_id": provider_id, "settled_at": settled}
        tx.execute(row.values(**moved, sent_at=func.coalesce(Delivery.sent_at, Delivery.claimed_at)))

    def _verdict(self, told: dict[str, Any]) -> tuple[State, str]:
        """Any event at all proves that the message was accepted."""
        kind = _word(told, "Type")
        if self.type == "Delivery":
            return State.DELIVERED, ""
        if self.type == "SpamComplaint":
            return State.COMPLAINED, "spam complaint"
        if self.type == "Bounce" and kind not in PASSING:
            return State.BOUNCED, f"{kind}: {_word(told, 'Description')}"[:500]
        return State.SENT, ""

    def _unsubscribe(self, tx: Session, delivery: Delivery, told: dict[str, Any]) -> None:
        if delivery.kind == "edition" and self.type in ENDS and self._change(told)[0] == "impose":
            Subscription.end(tx, delivery.source_id, delivery.recipient, ENDS[self.type])

    def _suppress(self, tx: Session, delivery: Delivery | None, told: dict[str, Any]) -> None:
        """Postmark keeps its list by stream for the whole server: without a delivery it concerns every workspace."""
        email = _word(told, "Email") or _word(told, "Recipient") or (delivery.recipient if delivery else "")
        stream = delivery.stream if delivery else _word(told, "MessageStream") or settings.transactional_stream
        concerned = [delivery.workspace_id] if delivery else list(tx.scalars(select(Workspace.id)))
        change, reason = self._change(told)
        for workspace_id in concerned if email else []:
            if change == "impose":
                origin = _word(told, "Origin") or "Recipient"
                Suppression.impose(tx, workspace_id, email, stream, reason=reason, origin=origin)
            elif change == "lift":
                Suppression.lift(tx, workspace_id, email, stream)

    def _change(self, told: dict[str, Any]) -> tuple[str | None, str]:
        fatal = self.type == "Bounce" and (told.get("Inactive") or _word(told, "Type") in FATAL)
        if self.type == "SpamComplaint" or fatal:
            return "impose", _word(told, "Type") or self.type
        if self.type == "SubscriptionChange" and told.get("SuppressSending"):
            return "impose", _word(told, "SuppressionReason") or "ManualSuppression"
        return ("lift" if self.type == "SubscriptionChange" else None), ""


def _our_id(told: dict[str, Any]) -> int | None:
    metadata = told.get("Metadata")
    ours = str(metadata.get("delivery", "")) if isinstance(metadata, dict) else ""
    return int(ours) if ours.isascii() and ours.isdigit() and int(ours) < 2**63 else None


def _word(told: dict[str, Any], key: str) -> str:
    """A field that should be a string; empty when it is anything else."""
    found = told.get(key)
    return found if isinstance(found, str) else ""
