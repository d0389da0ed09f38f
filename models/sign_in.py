"""One sign-in of one user: asked for by mail, used once, and then the session that can be revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import DateTime, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock, token
from models.db import Base
from models.membership import Membership
from models.types import CreatedAt, Id, Words, WorkspaceId, references
from models.user import User
from models.workspace import Workspace

LINK_LASTS = timedelta(minutes=15)
SESSION_LASTS = timedelta(days=30)
LINKS_AN_HOUR = 5
FRESH_FOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=5)
LONGEST_AGENT = 400  # characters


class Manner(StrEnum):
    """How somebody showed who they are."""

    LINK = "link"
    PASSWORD = "password"  # noqa: S105  (a word, and nobody's password)
    SETUP = "setup"


class SignIn(Base):
    __tablename__ = "sign_ins"

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int] = references("users.id", index=True)
    created_at: Mapped[CreatedAt]
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    manner: Mapped[Words] = mapped_column(default=Manner.LINK, server_default=Manner.LINK)
    agent: Mapped[Words] = mapped_column(default="", server_default="")  # as the browser calls itself
    address: Mapped[Words] = mapped_column(default="", server_default="")  # of the network, as it was last seen
    seen_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

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
        tx.get(User, user.id, with_for_update=True)
        asked = select(func.count()).select_from(cls).filter_by(user_id=user.id, manner=Manner.LINK)
        recently = tx.scalar(asked.where(cls.created_at > clock.now() - timedelta(hours=1)))
        return cls.of(tx, user) if (recently or 0) < LINKS_AN_HOUR else None

    @classmethod
    def of(cls, tx: Session, user: User, manner: Manner = Manner.LINK) -> "SignIn | None":
        """In the name of the user's first workspace; None without one."""
        workspace = tx.scalar(_FIRST_OF.where(Membership.user_id == user.id))
        return cls.begin(tx, user, workspace, manner) if workspace else None

    @classmethod
    def begin(cls, tx: Session, user: User, workspace: Workspace, manner: Manner = Manner.LINK) -> "SignIn":
        """One that lets nobody in until it is used."""
        sign_in = cls(user=user, workspace=workspace, manner=manner)
        tx.add(sign_in)
        tx.flush()
        return sign_in

    @classmethod
    def open_of(cls, tx: Session, user_id: int) -> "Sequence[SignIn]":
        """Those that still let their browsers in, the one that was seen last first."""
        mine = select(cls).filter_by(user_id=user_id, ended_at=None)
        lasting = mine.where(cls.used_at > clock.now() - SESSION_LASTS)
        return tx.scalars(lasting.order_by(func.coalesce(cls.seen_at, cls.used_at).desc(), cls.id.desc())).all()

    @classmethod
    def last_seen(cls, tx: Session, user_ids: Sequence[int]) -> dict[int, datetime]:
        """`{user: when}` of those who have signed in."""
        seen = select(cls.user_id, func.max(cls.seen_at)).where(cls.user_id.in_(user_ids))
        return {user_id: at for user_id, at in tx.execute(seen.group_by(cls.user_id)) if at}

    @classmethod
    def end_all(cls, tx: Session, user_id: int, but: int | None = None) -> bool:
        """Ends every one of the user's, and links that are still on their way; whether there were any."""
        rows = update(cls).where(cls.user_id == user_id, cls.ended_at.is_(None), cls.id != (but or 0))
        return bool(tx.execute(rows.values(ended_at=clock.now())).rowcount)  # type: ignore[attr-defined]

    def use(self, tx: Session, agent: str = "", address: str = "") -> bool:
        """True for the one caller who gets in: the first."""
        came = {"used_at": clock.now(), "seen_at": clock.now(), "agent": agent[:LONGEST_AGENT], "address": address}
        usable = update(SignIn).where(SignIn.id == self.id, SignIn.used_at.is_(None), SignIn.ended_at.is_(None))
        return tx.execute(usable.values(came)).rowcount == 1  # type: ignore[attr-defined]

    def touch(self, tx: Session, address: str) -> None:
        """Remembers that it was seen, every few minutes: most requests write nothing."""
        stale = clock.now() - SEEN_EVERY
        if self.seen_at is None or self.seen_at < stale:
            row = update(SignIn).where(SignIn.id == self.id, func.coalesce(SignIn.seen_at, SignIn.created_at) < stale)
            tx.execute(row.values(seen_at=clock.now(), address=address))

    def end(self) -> None:
        self.ended_at = clock.now()

    @property
    def is_fresh(self) -> bool:
        """Whether a mailed link has just shown that its user reads their mail."""
        return bool(self.manner == Manner.LINK and self.used_at and self.used_at > clock.now() - FRESH_FOR)

    @property
    def is_unused(self) -> bool:
        return not self.used_at and not self.ended_at

    @property
    def is_open(self) -> bool:
        return bool(self.used_at and not self.ended_at and self.used_at > clock.now() - SESSION_LASTS)


_FIRST_OF = select(Workspace).join(Membership, Membership.workspace_id == Workspace.id).order_by(Workspace.id).limit(1)
