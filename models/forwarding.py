"""A reader's letter passed on to somebody by mail."""

from sqlalchemy.orm import Mapped, relationship

from models.db import Base
from models.inbound_email import InboundEmail
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User
from models.workspace import Workspace


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
