"""An address that must not be mailed on a stream, and why."""

from datetime import datetime

from sqlalchemy import DateTime, UniqueConstraint, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId


class Suppression(Base):
    __tablename__ = "suppressions"
    __table_args__ = (UniqueConstraint("workspace_id", "email", "stream"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    email: Mapped[Words]
    stream: Mapped[Words]
    reason: Mapped[Words]
    origin: Mapped[Words]
    created_at: Mapped[CreatedAt]
    lifted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def impose(cls, tx: Session, workspace_id: int, email: str, stream: str, *, reason: str, origin: str) -> None:
        """From now on nothing goes to this address on this stream. A repeat changes nothing."""
        values = {"reason": reason, "origin": origin, "created_at": clock.now(), "lifted_at": None}
        key = {"workspace_id": workspace_id, "email": email.lower(), "stream": stream}
        row = insert(cls).values(**key, **values)
        index = [cls.workspace_id, cls.email, cls.stream]
        tx.execute(row.on_conflict_do_update(index_elements=index, set_=values, where=cls.lifted_at.is_not(None)))

    @classmethod
    def lift(cls, tx: Session, workspace_id: int, email: str, stream: str) -> None:
        """Mail may go there again. The row stays, as history."""
        key = {"workspace_id": workspace_id, "email": email.lower(), "stream": stream, "lifted_at": None}
        tx.execute(update(cls).filter_by(**key).values(lifted_at=clock.now()))
