"""What somebody wrote of an edition, each time they saved it. The latest is the draft; none is ever changed."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.db import Base
from models.edition import Edition
from models.types import CreatedAt, Words, references
from models.user import User

WRITTEN = ("subject", "preheader", "format", "body", "plain")


class Manner(StrEnum):
    SAVED = "saved"
    AUTOSAVED = "autosaved"  # gives way to what the same person saves next


class Overtaken(Exception):
    """Somebody has saved another revision since the one that this was written from: who, which, and its words."""

    def __init__(self, latest: "Revision"):
        super().__init__(f"revision {latest.number} has been saved meanwhile")
        self.who = latest.user.display_name if latest.user else "Somebody"
        self.number, self.written = latest.number, latest.written


class Published(Exception):
    """It is no draft any more: what has been published stays as it is."""


class Revision(Base):
    __tablename__ = "revisions"
    __table_args__ = (
        CheckConstraint("manner in ('saved', 'autosaved')", name="manner"),
        CheckConstraint("format in ('markdown', 'html', 'mjml')", name="format"),
    )

    edition_id: Mapped[int] = references("editions.id", primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = references("workspaces.id", index=True)
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    manner: Mapped[Words]
    subject: Mapped[Words]
    preheader: Mapped[Words]
    format: Mapped[Words]
    body: Mapped[Words]
    plain: Mapped[Words]
    created_at: Mapped[CreatedAt]

    user: Mapped[User | None] = relationship()

    @classmethod
    def latest(cls, tx: Session, edition: Edition) -> "Revision":
        """What the draft is now. An edition that was made without one is number 0, in HTML."""
        mine = select(cls).filter_by(edition_id=edition.id).options(joinedload(cls.user))
        found = tx.scalar(mine.order_by(cls.number.desc()).limit(1))
        return found or _unrevised(edition)

    @classmethod
    def save(
        cls, tx: Session, edition: Edition, *, since: int, user_id: int | None, manner: Manner, **written: str
    ) -> "Revision":
        """The revision that follows number `since`, or that one again if nothing differs.

        Raises `Overtaken` when it is not the latest any more, and `Published`.
        """
        tx.refresh(edition, ["state"], with_for_update=True)
        before = cls.latest(tx, edition)
        if not edition.is_draft:
            raise Published
        if before.number and before.written == written:
            return before._marked(manner)
        is_own = before.manner == Manner.AUTOSAVED and before.user_id == user_id
        if before.number != since and not is_own:  # two autosaves of one person may cross
            raise Overtaken(before)
        about = {"edition_id": edition.id, "workspace_id": edition.workspace_id, "user_id": user_id, "manner": manner}
        fresh = cls(number=before.number + 1, **about, **written)
        if is_own and before.number == since:
            tx.delete(before)
        tx.add(fresh)
        tx.flush()
        return fresh

    @property
    def written(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WRITTEN}

    def _marked(self, manner: Manner) -> "Revision":
        if manner == Manner.SAVED:
            self.manner = manner
        return self


def _unrevised(edition: Edition) -> Revision:
    words = {"subject": edition.subject, "preheader": "", "format": "html", "body": edition.html, "plain": edition.text}
    about = {"edition_id": edition.id, "workspace_id": edition.workspace_id, "manner": Manner.SAVED}
    return Revision(number=0, created_at=edition.created_at, **about, **words)
