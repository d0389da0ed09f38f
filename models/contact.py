"""An address that a workspace knows, with what it knows about the person."""

from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId


class Contact(Base):
    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        Index("ix_contacts_tags", "tags", postgresql_using="gin"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    email: Mapped[Words]
    name: Mapped[Words] = mapped_column(default="")
    locale: Mapped[Words] = mapped_column(default="en")
    zone: Mapped[Words] = mapped_column(default="UTC")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")  # sorted, each once
    note: Mapped[Words] = mapped_column(default="", server_default="")  # for colleagues, never sent
    created_at: Mapped[CreatedAt]
