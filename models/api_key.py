"""A key with which a program acts for a workspace: shown once, kept only as its hash.

A hash without salt is enough: a key is 240 random bits, which nobody guesses from it.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import DateTime, Text, UniqueConstraint, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId

PREFIX = "pk_"  # by which people, and programs that search for leaked secrets, know one
RANDOM = 30  # bytes, which are 40 characters
REMEMBERED_EVERY = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may be for."""

    PUBLICATIONS_READ = "publications:read"
    PUBLICATIONS_WRITE = "publications:write"
    EDITIONS_READ = "editions:read"
    EDITIONS_WRITE = "editions:write"
    EDITIONS_SEND = "editions:send"
    DELIVERIES_READ = "deliveries:read"
    IMPORTS = "imports"
    CONTACTS_READ = "contacts:read"
    SEGMENTS_WRITE = "segments:write"
    LISTS_READ = "lists:read"
    LISTS_WRITE = "lists:write"
    SUBSCRIBERS_READ = "subscribers:read"
    SUBSCRIBERS_WRITE = "subscribers:write"


class ApiKey(Base):
    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    digest: Mapped[Words]  # SHA-256 of the whole key, hexadecimal
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def issue(cls, tx: Session, workspace_id: int, name: str, scopes: Iterable[str]) -> str:
        """A new key, which nobody can read again."""
        text = PREFIX + secrets.token_urlsafe(RANDOM)
        tx.add(cls(workspace_id=workspace_id, name=name, scopes=sorted(scopes), digest=_digest(text)))
        tx.flush()
        return text

    @classmethod
    def holding(cls, tx: Session, text: str) -> "ApiKey | None":
        """The key that reads so, unless it is revoked. It is found by its hash, so the time tells nothing of it."""
        return tx.scalar(select(cls).filter_by(digest=_digest(text), revoked_at=None))

    @classmethod
    def of(cls, tx: Session, workspace_id: int) -> list["ApiKey"]:
        """Newest first, the revoked last."""
        mine = select(cls).filter_by(workspace_id=workspace_id)
        return list(tx.scalars(mine.order_by(cls.revoked_at.desc().nulls_first(), cls.id.desc())))

    def touch(self, tx: Session) -> None:
        """Remembers that it was used, at most once a minute: most calls write nothing."""
        stale = clock.now() - REMEMBERED_EVERY
        if self.last_used_at is None or self.last_used_at < stale:
            row = update(ApiKey).where(ApiKey.id == self.id)
            row = row.where(or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < stale))
            tx.execute(row.values(last_used_at=clock.now()))

    def revoke(self, tx: Session) -> bool:
        """True the first time."""
        row = update(ApiKey).where(ApiKey.id == self.id, ApiKey.revoked_at.is_(None))
        return tx.execute(row.values(revoked_at=clock.now())).rowcount == 1  # type: ignore[attr-defined]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
