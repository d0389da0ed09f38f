"""Another address of a user's: claimed by a mail that came from it or by its user, and theirs once
they have said so."""

from datetime import datetime, timedelta

from sqlalchemy import DateTime, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.db import Base
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User
from models.workspace import Workspace

CLAIMS_A_DAY = 5  # who got hold of a token must not fill somebody's inbox with questions


class UserAddress(Base):
    __tablename__ = "user_addresses"
    __table_args__ = (UniqueConstraint("user_id", "email"),)

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]  # in whose name the user is asked
    user_id: Mapped[int] = references("users.id")
    email: Mapped[Words]
    created_at: Mapped[CreatedAt]
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    user: Mapped[User] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @classmethod
    def claim(cls, tx: Session, workspace_id: int, user_id: int, email: str) -> int | None:
        """The id of the claim, the same however often mail comes from there; None after too many others in a day."""
        others = select(func.count()).select_from(cls).where(cls.user_id == user_id, cls.email != email)
        if (tx.scalar(others.where(cls.created_at > clock.now() - timedelta(days=1))) or 0) >= CLAIMS_A_DAY:
            return None
        fresh = {"workspace_id": workspace_id, "user_id": user_id, "email": email, "created_at": clock.now()}
        tx.execute(insert(cls).values(fresh).on_conflict_do_nothing())
        return tx.scalars(select(cls.id).filter_by(user_id=user_id, email=email)).one()

    @classmethod
    def afresh(cls, tx: Session, workspace_id: int, user_id: int, email: str) -> int:
        """The id of a claim that its own user makes; one that has not been confirmed gives way to it."""
        tx.execute(delete(cls).where(cls.user_id == user_id, cls.email == email, cls.confirmed_at.is_(None)))
        address = cls(workspace_id=workspace_id, user_id=user_id, email=email)
        tx.add(address)
        tx.flush()
        return address.id

    @classmethod
    def are_of(cls, tx: Session, user_id: int, email: str) -> bool:
        """Whether the user has said that this address is theirs."""
        found = select(cls.id).where(cls.user_id == user_id, cls.email == email, cls.confirmed_at.is_not(None))
        return tx.scalar(found) is not None

    @classmethod
    def holding(cls, tx: Session, text: str) -> "UserAddress | None":
        """The address whose confirmation link this is."""
        number = token.opened("address", text)
        return tx.get(cls, number) if number else None

    @property
    def token(self) -> str:
        return token.sealed("address", self.id)

    def confirm(self, tx: Session) -> bool:
        """True the first time."""
        row = update(UserAddress).where(UserAddress.id == self.id, UserAddress.confirmed_at.is_(None))
        return tx.execute(row.values(confirmed_at=clock.now())).rowcount == 1  # type: ignore[attr-defined]
