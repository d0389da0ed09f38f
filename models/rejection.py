"""What we told a sender whose mail we could not take: at most once for each address, reason and day."""

from datetime import date
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, relationship

from models import clock
from models.db import Base
from models.inbound_email import InboundEmail
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.workspace import Workspace


class Reason(StrEnum):
    UNKNOWN_ADDRESS = "unknown reply address"
    OTHER_SENDER = "sent from another address"
    NOT_FROM_THERE = "DMARC failed"
    EMPTY = "nothing in it"
    NOTHING_FOUND = "no words of its own"
    ONLY_FILES = "only files, no words"
    ENCRYPTED = "encrypted"
    TOO_OLD = "about a day too long ago"
    LEFT = "no longer in the team"
    OBSERVER = "from an observer"


class Rejection(Base):
    __tablename__ = "rejections"
    __table_args__ = (UniqueConstraint("recipient", "reason", "day"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    inbound_email_id: Mapped[int] = references("inbound_emails.id", index=True)
    recipient: Mapped[Words]
    reason: Mapped[Words]
    day: Mapped[date]
    created_at: Mapped[CreatedAt]

    inbound_email: Mapped[InboundEmail] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @classmethod
    def write(cls, tx: Session, *, workspace_id: int, inbound_email_id: int, recipient: str, reason: str) -> int | None:
        """The id of a new rejection, or None when this sender has been told today."""
        now = clock.now()
        about = {"workspace_id": workspace_id, "inbound_email_id": inbound_email_id, "recipient": recipient}
        row = insert(cls).values(**about, reason=reason, day=now.date(), created_at=now)
        return tx.scalar(row.on_conflict_do_nothing().returning(cls.id))
