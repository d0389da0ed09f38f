"""A reader's letter passed on to somebody by mail."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, relationship

from models import clock
from models.db import Base
from models.inbound_email import InboundEmail
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User
from models.workspace import Workspace

MOST_AN_HOUR = 50  # of a workspace: it goes to any address, with any note


class Forwarding(Base):
    __tablename__ = "forwardings"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    inbound_email_id: Mapped[int] = references("inbound_emails.id", index=True)
    user_id: Mapped[int] = references("users.id", index=True)  # who passes it on
    recipient: Mapped[Words]
    note: Mapped[Words]
    created_at: Mapped[CreatedAt]

    workspace: Mapped[Workspace] = relationship()
    inbound_email: Mapped[InboundEmail] = relationship()
    user: Mapped[User] = relationship()

    @classmethod
    def may_go(cls, tx: Session, workspace_id: int) -> bool:
        """Whether one more is passed on in this hour."""
        recent = select(func.count()).select_from(cls).filter_by(workspace_id=workspace_id)
        return (tx.scalar(recent.where(cls.created_at > clock.now() - timedelta(hours=1))) or 0) < MOST_AN_HOUR
