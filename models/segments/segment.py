"""A saved condition, by a name: who is in it is asked anew each time."""

from datetime import datetime

from sqlalchemy import DateTime, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references


class Segment(Base):
    """Never deleted, only put away: editions and other segments may name it."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    query: Mapped[Words]  # as `written` writes it, with numbers for what it names
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL")
    created_at: Mapped[CreatedAt]
    archived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def of(cls, tx: Session, workspace_id: int) -> list["Segment"]:
        """Those in use, by name."""
        mine = select(cls).filter_by(workspace_id=workspace_id, archived_at=None)
        return list(tx.scalars(mine.order_by(cls.name)))

    def archive(self) -> None:
        """Offered nowhere any more; what names it goes on as before."""
        self.archived_at = self.archived_at or clock.now()

    def restore(self) -> None:
        self.archived_at = None
