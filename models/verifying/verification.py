"""An address that somebody asked about: a job finds out, and what it found is kept for a week.

asking ─its job→ found ─a week→ gone
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import DateTime, Index, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.verifying.judging import read
from models.verifying.verdict import Finding

KEPT = timedelta(days=7)
OVERDUE = timedelta(minutes=2)  # name servers may take one
FORGOTTEN_AT_ONCE = 5_000


class Verification(Base):
    __tablename__ = "verifications"
    __table_args__ = (
        Index("ix_verifications_created_at", "created_at"),
        Index("ix_verifications_open", "id", postgresql_where="finished_at is null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    address: Mapped[Words]  # in its one form; as it was given, where it is none
    finding: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # as `Finding.as_json` has it
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    created_at: Mapped[CreatedAt]

    @classmethod
    def ask(cls, tx: Session, workspace_id: int, text: str, user_id: int | None = None) -> "Verification":
        asked = cls(workspace_id=workspace_id, address=read(text)[0] or text, user_id=user_id)
        tx.add(asked)
        tx.flush()
        return asked

    @classmethod
    def latest(cls, tx: Session, workspace_id: int, most: int) -> list["Verification"]:
        return list(tx.scalars(select(cls).filter_by(workspace_id=workspace_id).order_by(cls.id.desc()).limit(most)))

    @classmethod
    def waiting(cls, tx: Session, number: int) -> "Verification | None":
        """The one of that number, while nothing has been found out yet."""
        return tx.scalar(select(cls).filter_by(id=number, finished_at=None))

    @classmethod
    def settle(cls, tx: Session, number: int, finding: Finding) -> None:
        """What was found out first counts."""
        row = update(cls).where(cls.id == number, cls.finished_at.is_(None))
        tx.execute(row.values(finding=finding.as_json(), finished_at=clock.now()))

    @classmethod
    def stuck(cls, tx: Session) -> list[int]:
        """Those whose job is lost, or found no time to ask."""
        still = select(cls.id).where(cls.finished_at.is_(None), cls.created_at < clock.now() - OVERDUE)
        return list(tx.scalars(still.order_by(cls.id).limit(FORGOTTEN_AT_ONCE)))

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Drops a page of what has been kept long enough."""
        old = select(cls.id).where(cls.created_at < clock.now() - KEPT).order_by(cls.created_at)
        tx.execute(delete(cls).where(cls.id.in_(old.limit(FORGOTTEN_AT_ONCE))))

    @property
    def state(self) -> str:
        return "found" if self.finished_at else "asking"

    @property
    def verdict(self) -> str:
        """Blank while nothing has been found out."""
        return str(self.finding.get("verdict", ""))
