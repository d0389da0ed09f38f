"""That a scheduled edition could not be sent, and is a draft again: what its people are told about."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, relationship

from models.db import Base
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.membership import Membership
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User
from models.workspace import Workspace


class Setback(Base):
    __tablename__ = "setbacks"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    edition_id: Mapped[int] = references("editions.id", index=True)
    because: Mapped[Words]
    created_at: Mapped[CreatedAt]

    edition: Mapped[Edition] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @classmethod
    def begin(cls, tx: Session, edition: Edition, because: str) -> "Setback | None":
        """Makes a scheduled edition a draft again; None when somebody else has."""
        if not edition.unschedule(tx):
            return None
        setback = cls(workspace_id=edition.workspace_id, edition_id=edition.id, because=because)
        tx.add(setback)
        tx.flush()
        return setback

    @classmethod
    def latest(cls, tx: Session, edition_id: int) -> "Setback | None":
        return tx.scalar(select(cls).filter_by(edition_id=edition_id).order_by(cls.id.desc()).limit(1))

    def tell(self, tx: Session) -> list[int]:
        """Addresses a mail to whoever scheduled it, or, without them, to owners and admins; the deliveries' ids."""
        theirs = select(User.email).join(Membership, Membership.user_id == User.id)
        here = theirs.where(Membership.workspace_id == self.workspace_id, User.id == self.edition.scheduled_by)
        emails = tx.scalars(here).all() or Membership.managing(tx, self.workspace_id)
        to = [Addressee(self.workspace_id, self.id, email) for email in emails]
        return Delivery.address(tx, "setback", to)
