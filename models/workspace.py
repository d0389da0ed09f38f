"""A tenant: every other row belongs to one."""

from datetime import datetime

from sqlalchemy import DateTime, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base
from models.membership import Membership
from models.types import CreatedAt, Id, Words
from models.user import User


class Workspace(Base):
    __tablename__ = "workspaces"

    id: Mapped[Id]
    name: Mapped[Words]
    base_url: Mapped[Words]
    checklist_closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # see `models.checklist`
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # closed; see `models.closing`
    created_at: Mapped[CreatedAt]

    @classmethod
    def exists(cls, tx: Session) -> bool:
        return cls.first(tx) is not None

    @classmethod
    def is_vacant(cls, tx: Session) -> bool:
        """Whether the installation is still nobody's. Who asks next waits until this transaction has ended."""
        tx.execute(text("select pg_advisory_xact_lock(hashtext('set up'))"))
        return not cls.exists(tx)

    @classmethod
    def first(cls, tx: Session) -> "Workspace | None":
        """The one that set the installation up: mail that belongs to nobody is shown to its people."""
        return tx.scalar(select(cls).filter_by(deleted_at=None).order_by(cls.id).limit(1))

    @classmethod
    def set_up(cls, tx: Session, *, name: str, base_url: str, owner: User) -> "Workspace":
        """A new tenant with its owner. `base_url` is where its mails' links lead."""
        workspace = cls(name=name, base_url=base_url.rstrip("/"))
        tx.add(workspace)
        tx.flush()
        workspace.admit(tx, owner, role="owner")
        return workspace

    def admit(self, tx: Session, user: User, *, role: str = "member") -> Membership:
        """The user's membership, made unless there is one; a role once given stays."""
        found = tx.scalar(select(Membership).filter_by(workspace_id=self.id, user_id=user.id))
        if found is None:
            found = Membership(workspace_id=self.id, user_id=user.id, role=role)
            tx.add(found)
            tx.flush()
        return found
