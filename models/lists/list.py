"""Contacts kept together under a name, by an import or by hand.

`members` is counted by a trigger on `list_members`, in the migration that makes it. So a list of a million says at once
how many are on it, and whatever deletes a contact is counted too.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.contact import Contact
from models.db import Base
from models.lists.change import ListChange, State, Verb
from models.lists.conditions import Conditions
from models.lists.member import ListMember
from models.types import CreatedAt, Id, Moment, Words, WorkspaceId

DROPPED_AT_ONCE = 10_000


class Busy(Exception):
    """A list is being changed by the page, and by one change at a time."""


class List(Base):
    __tablename__ = "lists"
    __table_args__ = (
        Index("uq_lists_workspace_id_name", "workspace_id", "name", unique=True, postgresql_where="deleted_at is null"),
    )

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    name: Mapped[Words]
    note: Mapped[Words] = mapped_column(default="")
    members: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Moment] = mapped_column(default=clock.now)
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # its members go by the page
    created_at: Mapped[CreatedAt]

    @classmethod
    def of(cls, tx: Session, workspace_id: int, number: int) -> "List | None":
        return tx.scalar(select(cls).filter_by(workspace_id=workspace_id, id=number, deleted_at=None))

    @classmethod
    def named(cls, tx: Session, workspace_id: int, name: str) -> "List | None":
        return tx.scalar(select(cls).filter_by(workspace_id=workspace_id, name=name, deleted_at=None))

    @classmethod
    def begin(cls, tx: Session, workspace_id: int, name: str, note: str = "") -> "List":
        """A new list without members. A name that is taken is the caller's to refuse: it is unique."""
        made = cls(workspace_id=workspace_id, name=name, note=note)
        tx.add(made)
        tx.flush()
        return made

    @classmethod
    def ensure(cls, tx: Session, workspace_id: int, name: str) -> int:
        """The number of the list of that name, made unless there is one, by however many at once."""
        fresh = {"workspace_id": workspace_id, "name": name, "note": "", "members": 0, "created_at": clock.now()}
        tx.execute(insert(cls).values(**fresh, changed_at=clock.now()).on_conflict_do_nothing())
        return tx.scalars(select(cls.id).filter_by(workspace_id=workspace_id, name=name, deleted_at=None)).one()

    @classmethod
    def choices(cls, tx: Session, workspace_id: int) -> list["List"]:
        """By name: what somebody chooses from."""
        return list(tx.scalars(select(cls).filter_by(workspace_id=workspace_id, deleted_at=None).order_by(cls.name)))

    def grow(self, tx: Session, people: Mapping[str, str], user_id: int | None = None) -> ListChange:
        """Adds `{address: name}`, each a contact from now on if it was none; done at once.

        Addresses are as `models.user.normal` makes them. A contact who has a name keeps it.
        """
        Contact.know(tx, self.workspace_id, people)
        change = self._noted(tx, Verb.PASTE, user_id, state=State.FINISHED)
        added = ListMember.add(tx, self.workspace_id, self.id, people, change.id)
        return change.settle(tx, seen=len(people), done=added)

    def merge(self, tx: Session, other: "List", user_id: int | None = None) -> ListChange:
        """Whoever is on the other list comes onto this one too. `models.lists.changing` does it, as all that follow."""
        return self._begun(tx, Verb.MERGE, user_id, source=other, total=other.members)

    def gather(self, tx: Session, conditions: Conditions, user_id: int | None = None) -> ListChange:
        """Whoever the workspace knows, and fits."""
        everybody = tx.scalar(select(func.count()).select_from(Contact).filter_by(workspace_id=self.workspace_id)) or 0
        return self._begun(tx, Verb.GATHER, user_id, conditions=conditions, total=everybody)

    def subtract(self, tx: Session, other: "List", user_id: int | None = None) -> ListChange:
        """Whoever is on the other list leaves this one."""
        return self._begun(tx, Verb.SUBTRACT, user_id, source=other, total=other.members)

    def intersect(self, tx: Session, other: "List", user_id: int | None = None) -> ListChange:
        """Only who is on the other list too stays."""
        return self._begun(tx, Verb.INTERSECT, user_id, source=other, total=self.members)

    def filter(self, tx: Session, conditions: Conditions, user_id: int | None = None) -> ListChange:
        """Only who fits stays."""
        return self._begun(tx, Verb.FILTER, user_id, conditions=conditions, total=self.members)

    def weed(self, tx: Session, conditions: Conditions, user_id: int | None = None) -> ListChange:
        """Whoever fits leaves."""
        return self._begun(tx, Verb.WEED, user_id, conditions=conditions, total=self.members)

    def remove(self, tx: Session, contact_ids: list[int], user_id: int | None = None) -> ListChange:
        """These leave; done at once."""
        gone = ListMember.remove(tx, self.id, contact_ids)
        return self._noted(tx, Verb.REMOVE, user_id, state=State.FINISHED).settle(tx, seen=len(contact_ids), done=gone)

    def remove_addresses(self, tx: Session, emails: list[str], user_id: int | None = None) -> ListChange:
        """As `remove`, by address; who is not on the list is counted as missing."""
        found = select(Contact.id).where(Contact.workspace_id == self.workspace_id, Contact.email.in_(emails))
        gone = ListMember.remove(tx, self.id, list(tx.scalars(found)))
        return self._noted(tx, Verb.REMOVE, user_id, state=State.FINISHED).settle(tx, seen=len(emails), done=gone)

    def delete(self, tx: Session) -> list[str]:
        """It is gone for everybody, and its name free; its contacts stay. `drop` takes its members away.

        Returns what names it: segments, and the subjects of editions that are meant by it and not sent off. While there
        is any, it stays. Raises `Busy`.
        """
        self._is_free(tx)
        named = list(tx.scalars(_NAMED, {"workspace": self.workspace_id, "words": rf"\yon list {self.id}\y"}))
        self.deleted_at = self.deleted_at if named else clock.now()
        return named

    @classmethod
    def drop(cls, tx: Session, number: int) -> bool:
        """Takes a page of the members of a deleted list away, and in the end the list; True while there is more."""
        dead = tx.get(cls, number, with_for_update=True)
        if dead is None or dead.deleted_at is None:
            return False
        if tx.execute(_DROP, {"list": number, "page": DROPPED_AT_ONCE}).rowcount:  # type: ignore[attr-defined]
            return True
        tx.execute(delete(cls).where(cls.id == number))
        return False

    @classmethod
    def deleted(cls, tx: Session) -> list[int]:
        return list(tx.scalars(select(cls.id).where(cls.deleted_at.is_not(None)).order_by(cls.id)))

    def _begun(self, tx: Session, verb: Verb, user_id: int | None, **about: Any) -> ListChange:
        """A change that goes by the page. Raises `Busy` while another does."""
        self._is_free(tx)
        source, conditions = about.pop("source", None), about.pop("conditions", None)
        other = {"source_id": source.id, "source_name": source.name} if source else {}
        asked = {"conditions": conditions.told()} if conditions else {}
        return self._noted(tx, verb, user_id, **about, **other, **asked)

    def _is_free(self, tx: Session) -> None:
        tx.refresh(self, with_for_update=True)
        if ListChange.running(tx, self.id):
            raise Busy(f"{self.name} is part of a change that is not done yet")

    def _noted(self, tx: Session, verb: Verb, user_id: int | None, **about: Any) -> ListChange:
        change = ListChange(workspace_id=self.workspace_id, list_id=self.id, verb=verb, user_id=user_id, **about)
        tx.add(change)
        self.changed_at = clock.now()
        tx.flush()
        return change


# A text in quotation marks that reads like this keeps the list too, which does no harm.
_NAMED = text("""
    select name from segments where workspace_id = :workspace and query ~ :words
    union all
    select subject from editions
    where workspace_id = :workspace and meant_for ~ :words and state in ('draft', 'scheduled', 'addressing')
""")

_DROP = text("""
    delete from list_members
    where list_id = :list and contact_id in (
        select contact_id from list_members where list_id = :list order by contact_id limit :page
    )
""")
