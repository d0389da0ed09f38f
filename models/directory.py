"""The contacts of a workspace as somebody looks for them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from models.contact import Contact


class Directory(NamedTuple):
    """Who is looked for; what is blank narrows nothing. `beginning` is that of an address."""

    workspace_id: int
    tag: str = ""
    beginning: str = ""

    @property
    def found(self) -> Select[Any]:
        """Contacts, in no order."""
        found = select(Contact).filter_by(workspace_id=self.workspace_id)
        if self.tag:
            found = found.where(Contact.tags.contains([self.tag]))
        if self.beginning:
            found = found.where(Contact.email.startswith(self.beginning.lower(), autoescape=True))
        return found

    @property
    def told(self) -> dict[str, Any]:
        """For an address: what is not blank."""
        return {name: word for name, word in (("tag", self.tag), ("beginning", self.beginning)) if word}

    def ids(self, tx: Session, chosen: Sequence[int]) -> list[int]:
        """Those of the chosen that are among them."""
        return list(tx.scalars(self.found.with_only_columns(Contact.id).where(Contact.id.in_(chosen))))

    def after(self, tx: Session, place: int, most: int) -> list[int]:
        """The next `most` of them behind that one."""
        behind = self.found.with_only_columns(Contact.id).where(Contact.id > place)
        return list(tx.scalars(behind.order_by(Contact.id).limit(most)))

    def how_many(self, tx: Session, most: int) -> int:
        """How many they are, `most` at most."""
        few = self.found.with_only_columns(Contact.id).limit(most).subquery()
        return tx.scalar(select(func.count()).select_from(few)) or 0


def tag(tx: Session, ids: Sequence[int], word: str) -> list[int]:
    """Gives these contacts a tag; returns the contacts that had not got it."""
    return list(tx.scalars(_TAG, {"ids": list(ids), "tag": word}))


def untag(tx: Session, ids: Sequence[int], word: str) -> list[int]:
    """Takes a tag from them; returns the contacts that had it."""
    return list(tx.scalars(_UNTAG, {"ids": list(ids), "tag": word}))


_TAG = text("""
    update contacts c
    set tags = array(select distinct word from unnest(c.tags || cast(:tag as text)) as word order by 1)
    where c.id = any(:ids) and not c.tags @> array[cast(:tag as text)]
    returning c.id
""")

_UNTAG = text("""
    update contacts c set tags = array_remove(c.tags, cast(:tag as text))
    where c.id = any(:ids) and c.tags @> array[cast(:tag as text)]
    returning c.id
""")
