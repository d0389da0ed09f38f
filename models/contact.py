"""An address that a workspace knows, with what it knows about the person."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId


class Contact(Base):
    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("workspace_id", "email"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    email: Mapped[Words]
    name: Mapped[Words] = mapped_column(default="")
    locale: Mapped[Words] = mapped_column(default="en")
    zone: Mapped[Words] = mapped_column(default="UTC")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[CreatedAt]
