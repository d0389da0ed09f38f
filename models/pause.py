"""That a publication was paused for its bounces or complaints: what its people are told about, once."""

from sqlalchemy.orm import Mapped, relationship

from models.db import Base
from models.publication import Publication
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.workspace import Workspace


class Pause(Base):
    __tablename__ = "pauses"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    publication_id: Mapped[int] = references("publications.id", index=True)
    because: Mapped[Words]
    created_at: Mapped[CreatedAt]

    publication: Mapped[Publication] = relationship()
    workspace: Mapped[Workspace] = relationship()
