"""That somebody did something: written in the transaction of the act, read by owners and admins, changed by nobody.

A trigger (the migration that made this table) refuses to change or delete one; only its workspace takes it along.
"""

from typing import Any

from sqlalchemy import BigInteger, Index, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.db import Base
from models.types import CreatedAt, Id, Words, references
from models.user import User
from models.workspace import Workspace


class AuditEvent(Base):
    """Reads as a sentence: somebody `act` the `noun` `words`, such as "revoked" "api key" "Shop"."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_workspace_id_id", "workspace_id", "id"),
        Index("ix_audit_events_workspace_id_user_id_id", "workspace_id", "user_id", "id"),
        Index("ix_audit_events_workspace_id_noun_id", "workspace_id", "noun", "id"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[int] = references("workspaces.id")  # found by the indexes that begin with it
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    by_key: Mapped[Words] = mapped_column(default="")  # the API key's name, where a program did it
    act: Mapped[Words]
    noun: Mapped[Words]
    about_id: Mapped[int | None] = mapped_column(BigInteger)
    words: Mapped[Words] = mapped_column(default="")
    address: Mapped[Words] = mapped_column(default="")  # of the network it came from
    created_at: Mapped[CreatedAt]

    user: Mapped[User | None] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @classmethod
    def record(cls, tx: Session, workspace_id: int, act: str, noun: str, **told: Any) -> "AuditEvent":
        """`told`: user_id, by_key, about_id, words and address, as far as they are known."""
        event = cls(workspace_id=workspace_id, act=act, noun=noun, **told)
        tx.add(event)
        tx.flush()
        return event

    @classmethod
    def of(cls, workspace_id: int, user_id: int | None = None, noun: str = "") -> Select[Any]:
        """All of the workspace's, or those by somebody, or about one kind of thing."""
        narrowed = {"user_id": user_id} if user_id else {}
        narrowed |= {"noun": noun} if noun else {}  # type: ignore[dict-item]
        return select(cls).filter_by(workspace_id=workspace_id, **narrowed)
