"""One sign-in of one user: asked for by mail, used once, and then the session that can be revoked."""

from datetime import datetime, timedelta

from sqlalchemy import DateTime, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.db import Base
from models.membership import Membership
from models.types import CreatedAt, Id, WorkspaceId, references
from models.user import User
from models.workspace import Workspace

LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=30)
LINKS_AN_HOUR = 5


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

    @classmethod
    def ask(cls, tx: Session, user: User) -> "SignIn | None":
        """A new link for the user, in the name of their first workspace; None without one, or after too many links."""
        workspace = tx.scalar(_FIRST_OF.where(Membership.user_id == user.id))
        tx.get(User, user.id, with_for_update=True)
        asked = select(func.count()).select_from(cls).filter_by(user_id=user.id)
        recently = tx.scalar(asked.where(cls.created_at > clock.now() - timedelta(hours=1)))
        return cls._new(tx, user, workspace) if workspace and (recently or 0) < LINKS_AN_HOUR else None

    @classmethod
    def on_the_spot(cls, tx: Session, user: User, workspace: Workspace) -> "SignIn":
        """Without a mail, for whoever has just set the installation up."""
        sign_in = cls._new(tx, user, workspace)
        sign_in.use(tx)
        return sign_in

    @classmethod
    def _new(cls, tx: Session, user: User, workspace: Workspace) -> "SignIn":
        sign_in = cls(user=user, workspace=workspace)
        tx.add(sign_in)
        tx.flush()
        return sign_in

    def use(self, tx: Session) -> bool:
        """True for the one caller who gets in: the first."""
        statement = update(SignIn).where(SignIn.id == self.id, SignIn.used_at.is_(None)).values(used_at=clock.now())
        return tx.execute(statement).rowcount == 1  # type: ignore[attr-defined]

    def end(self) -> None:
        self.ended_at = clock.now()

    @property
    def is_open(self) -> bool:
        return bool(self.used_at and not self.ended_at and self.used_at > clock.now() - SESSION_LASTS)


_FIRST_OF = select(Workspace).join(Membership, Membership.workspace_id == Workspace.id).order_by(Workspace.id).limit(1)
