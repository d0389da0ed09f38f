"""That a publication was paused for its bounces or complaints: what its people are told about, once."""

from sqlalchemy import text
from sqlalchemy.orm import Mapped, Session, relationship

from models import clock
from models.db import Base
from models.delivery import Addressee, Delivery
from models.membership import Membership
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

    @classmethod
    def begin(cls, tx: Session, publication_id: int, because: str) -> "Pause | None":
        """Pauses the publication; None when somebody else has."""
        values = {"publication": publication_id, "because": because, "now": clock.now()}
        workspace_id = tx.scalar(_PAUSE, values)
        if workspace_id is None:
            return None
        pause = cls(workspace_id=workspace_id, publication_id=publication_id, because=because)
        tx.add(pause)
        tx.flush()
        return pause

    def tell(self, tx: Session) -> list[int]:
        """Addresses a mail about it to the workspace's owners and admins, each once; the ids of the deliveries."""
        emails = Membership.managing(tx, self.workspace_id)
        to = [Addressee(self.workspace_id, self.id, email) for email in emails]
        return Delivery.address(tx, "pause", to)


_PAUSE = text("""
    update publications set paused_at = :now, paused_because = :because
    where id = :publication and paused_at is null
    returning workspace_id
""")
