"""A contact on a list, and how they came."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models import clock
from models.contact import Contact
from models.db import Base
from models.lists.change import ListChange
from models.types import Moment, references


class ListMember(Base):
    __tablename__ = "list_members"

    list_id: Mapped[int] = references("lists.id", primary_key=True)
    contact_id: Mapped[int] = references("contacts.id", primary_key=True, index=True)
    change_id: Mapped[int] = references("list_changes.id", index=True)
    added_at: Mapped[Moment] = mapped_column(default=clock.now)

    contact: Mapped[Contact] = relationship()
    change: Mapped[ListChange] = relationship()

    @property
    def id(self) -> int:
        """What pages of members go by."""
        return self.contact_id

    @classmethod
    def add(cls, tx: Session, workspace_id: int, list_id: int, emails: Iterable[str], change_id: int) -> int:
        """Puts the workspace's contacts of these addresses on a list; how many were not on it."""
        values = {"list": list_id, "workspace": workspace_id, "emails": list(emails), "change": change_id}
        return len(tx.execute(_ADD, {**values, "now": clock.now()}).all())

    @classmethod
    def remove(cls, tx: Session, list_id: int, contact_ids: Sequence[int]) -> int:
        """How many of them were on it."""
        rows = delete(cls).where(cls.list_id == list_id, cls.contact_id.in_(contact_ids))
        return tx.execute(rows).rowcount  # type: ignore[attr-defined]

    @classmethod
    def among(cls, tx: Session, workspace_id: int, list_id: int, emails: Iterable[str]) -> set[str]:
        """Those of the addresses that are on the list."""
        found = select(Contact.email).join(cls, cls.contact_id == Contact.id).where(cls.list_id == list_id)
        return set(tx.scalars(found.where(Contact.workspace_id == workspace_id, Contact.email.in_(list(emails)))))


_ADD = text("""
    insert into list_members (list_id, contact_id, change_id, added_at)
    select l.id, c.id, :change, :now
    from lists l join contacts c on c.workspace_id = l.workspace_id and c.email = any(:emails)
    where l.id = :list and l.workspace_id = :workspace and l.deleted_at is null
    order by c.id
    on conflict (list_id, contact_id) do nothing
    returning contact_id
""")
