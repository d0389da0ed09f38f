"""A piece of text under a name, for letters that say it again and again: `{{ snippets.name }}`."""

from collections.abc import Mapping

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session

from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId


class Snippet(Base):
    __tablename__ = "snippets"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]  # a word: small letters, digits, underscores
    body: Mapped[Words]  # in whatever the letters are written in that say it
    created_at: Mapped[CreatedAt]

    @classmethod
    def bodies(cls, tx: Session, workspace_id: int) -> Mapping[str, str]:
        """`{name: body}` of all."""
        found = select(cls.name, cls.body).filter_by(workspace_id=workspace_id)
        return dict(tx.execute(found).tuples().all())
