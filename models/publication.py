"""A newsletter: what people subscribe to."""

from datetime import datetime

from sqlalchemy import DateTime, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.db import Base
from models.subscription import State, Subscription
from models.types import CreatedAt, Id, Words, WorkspaceId
from models.workspace import Workspace


class Publication(Base):
    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    tracks: Mapped[bool] = mapped_column(default=False)  # opens and clicks, which are personal data
    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    paused_because: Mapped[Words] = mapped_column(default="")
    created_at: Mapped[CreatedAt]

    workspace: Mapped[Workspace] = relationship()

    def subscribers(self, tx: Session) -> int:
        """How many people would get an edition now."""
        active = select(func.count()).select_from(Subscription)
        return tx.scalar(active.filter_by(publication_id=self.id, state=State.ACTIVE)) or 0

    def pause(self, because: str) -> None:
        """Nothing more of it is sent until `resume`; what is on its way arrives."""
        self.paused_at, self.paused_because = clock.now(), because

    def resume(self) -> None:
        self.paused_at, self.paused_because = None, ""
