"""A received mail, stored before it is understood."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, LargeBinary, Text, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Moment, Words, references


class State(StrEnum):
    RECEIVED = "received"
    PROCESSED = "processed"
    BOUNCED = "bounced"
    IGNORED = "ignored"
    FAILED = "failed"


REOPENED = (State.BOUNCED, State.IGNORED, State.FAILED)


class InboundEmail(Base):
    __tablename__ = "inbound_emails"
    __table_args__ = (
        CheckConstraint("state in ('received', 'processed', 'bounced', 'ignored', 'failed')", name="state"),
        Index("ix_inbound_emails_open", "waits_since", postgresql_where="state = 'received'"),
        Index("ix_inbound_emails_workspace_id_id", "workspace_id", "id"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int | None] = references("workspaces.id")
    prompt_id: Mapped[int | None] = references("prompts.id", ondelete="SET NULL", index=True)
    provider_id: Mapped[str] = mapped_column(Text, unique=True)
    payload: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sender: Mapped[Words] = mapped_column(default="")
    subject: Mapped[Words] = mapped_column(default="")
    state: Mapped[Words] = mapped_column(default=State.RECEIVED)
    reason: Mapped[Words] = mapped_column(default="")
    text: Mapped[Words] = mapped_column(default="")
    elided: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    confident: Mapped[bool | None]
    parser_version: Mapped[int | None]
    received_at: Mapped[Moment] = mapped_column(default=clock.now)
    waits_since: Mapped[Moment] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def receive(cls, tx: Session, *, provider_id: str, payload: bytes, sender: str, subject: str) -> int | None:
        """Stores a mail as it came; returns its id, or None when this mail is here already."""
        row = {"provider_id": provider_id, "payload": payload, "sender": clean(sender), "subject": clean(subject)}
        return tx.scalar(insert(cls).values(row).on_conflict_do_nothing().returning(cls.id))

    @classmethod
    def open(cls, tx: Session, number: int) -> "InboundEmail | None":
        """The mail, locked, unless somebody has dealt with it (or is doing so at this moment)."""
        statement = select(cls).filter_by(id=number, state=State.RECEIVED).with_for_update(skip_locked=True)
        return tx.scalar(statement)

    def reopen(self, tx: Session) -> bool:
        """To be understood once more; False for one that is waiting, or whose entries are written already."""
        again = update(InboundEmail).where(InboundEmail.id == self.id, InboundEmail.state.in_(REOPENED))
        afresh = {"state": State.RECEIVED, "reason": "", "settled_at": None, "waits_since": clock.now()}
        return tx.execute(again.values(afresh)).rowcount == 1  # type: ignore[attr-defined]

    def settle(self, state: State, reason: str = "") -> None:
        self.state, self.reason, self.settled_at = state, reason, clock.now()


def clean(text: str) -> str:
    """Without NUL, which PostgreSQL's text does not hold, and without half characters, which UTF-8 does not."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def clean_all(value: Any) -> Any:
    """A JSON value with all its texts and names clean. Raises `RecursionError` for one nested too deeply."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_all(each) for each in value]
    return {clean(name): clean_all(each) for name, each in value.items()} if isinstance(value, dict) else value
