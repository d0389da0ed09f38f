"""One sign-in of one user: asked for by mail, used once, and then the session that can be revoked."""

from datetime import datetime, timedelta

from sqlalchemy import DateTime, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.db import Base
from models.types import CreatedAt, Id, WorkspaceId, references
from models.user import User
from models.workspace import Workspace

LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=30)


class SignIn(Base):
    __tablename__ = "sign_ins"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id", index=True)
    created_at: Mapped[CreatedAt]
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    user: Mapped[User] = relationship()
    workspace: Mapped[Workspace] = relationship()

    @property
    def token(self) -> str:
        """What the mailed link carries; made from the id alone, so that the mail can be composed at any time."""
        return token.sealed("sign in", self.id)

    @classmethod
    def holding(cls, tx: Session, text: str) -> "SignIn | None":
        """The sign-in whose link this is, used or not; None when it is not one of ours or too old."""
        number = token.opened("sign in", text)
        found = tx.get(cls, number) if number else None
        return found if found and found.created_at > clock.now() - LINK_LASTS else None

    def use(self, tx: Session) -> bool:
        """True for the one caller who gets in: the first."""
        statement = update(SignIn).where(SignIn.id == self.id, SignIn.used_at.is_(None)).values(used_at=clock.now())
        return tx.execute(statement).rowcount == 1  # type: ignore[attr-defined]

    def end(self) -> None:
        self.ended_at = clock.now()

    @property
    def is_open(self) -> bool:
        return bool(self.used_at and not self.ended_at and self.used_at > clock.now() - SESSION_LASTS)
