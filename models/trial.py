"""An edition sent to a few people who want to see it in their inbox; it stands in no edition's ledger."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, relationship

from config import settings
from models import clock
from models.contact import Contact
from models.db import Base
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.types import CreatedAt, Id, WorkspaceId, references
from models.user import User

MOST = 10  # addresses at once
MOST_AN_HOUR = 100  # of a workspace


class TooMany(ValueError):
    """More tests than a workspace may send in an hour; says so in a sentence."""


class Trial(Base):
    __tablename__ = "trials"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    edition_id: Mapped[int] = references("editions.id", index=True)
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)  # who wanted to see it
    contact_id: Mapped[int | None] = references("contacts.id", ondelete="SET NULL", index=True)  # whose values it shows
    addressed: Mapped[int]
    created_at: Mapped[CreatedAt]

    edition: Mapped[Edition] = relationship()
    user: Mapped[User | None] = relationship()
    contact: Mapped[Contact | None] = relationship()

    @classmethod
    def send(
        cls, tx: Session, edition: Edition, to: Collection[str], *, user_id: int | None, contact_id: int | None
    ) -> list[int]:
        """The deliveries to be sent. Raises `TooMany`.

        to: at most `MOST` addresses, as `models.user.normal` makes them.
        """
        now = clock.now()
        if len(to) > MOST or len(to) + cls._recent(tx, edition.workspace_id) > MOST_AN_HOUR:
            raise TooMany(f"At most {MOST} tests are sent at once, and {MOST_AN_HOUR} in an hour.")
        trial = cls(workspace_id=edition.workspace_id, edition_id=edition.id, addressed=len(to), created_at=now)
        trial.user_id, trial.contact_id = user_id, contact_id
        tx.add(trial)
        tx.flush()
        people = [Addressee(edition.workspace_id, trial.id, email) for email in to]
        return Delivery.address(tx, "trial", people, stream=settings.broadcast_stream)

    @classmethod
    def _recent(cls, tx: Session, workspace_id: int) -> int:
        mine = select(func.sum(cls.addressed)).filter_by(workspace_id=workspace_id)
        return tx.scalar(mine.where(cls.created_at > clock.now() - timedelta(hours=1))) or 0
