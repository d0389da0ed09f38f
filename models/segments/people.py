"""Who is meant by a condition: how many, who, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.orm import Session

from models.contact import Contact
from models.segments.conditions import Condition, Engagement, Everybody, leaves
from models.segments.scope import Scope
from models.segments.sql import where
from models.segments.words import Names, words

MEMORY = text("set local work_mem = '32MB'")  # so that what a million did is joined without going to disk


@dataclass(frozen=True)
class People:
    """Those of a workspace for whom a condition holds at this moment. The condition has numbers for what it names."""

    workspace_id: int
    condition: Condition
    asked: ColumnElement[bool]
    scope: Scope

    @classmethod
    def who(cls, tx: Session, workspace_id: int, condition: Condition) -> "People":
        scope = Scope.of(tx, workspace_id, condition)
        return cls(workspace_id, condition, where(condition, scope), scope)

    @property
    def found(self) -> Select[Any]:
        """Contacts, in no order."""
        return self._chosen(Contact)

    def count(self, tx: Session) -> int:
        if any(isinstance(leaf, Engagement) for leaf in leaves(self.condition)):
            tx.execute(MEMORY)
        return tx.scalar(self._chosen(func.count())) or 0

    def page(self, tx: Session, *, before: int | None = None, size: int = 20) -> Sequence[Contact]:
        """The newest, from below the number `before`."""
        mine = self.found.order_by(Contact.id.desc()).limit(size)
        return tx.scalars(mine.where(Contact.id < before) if before else mine).all()

    def reasons(self, tx: Session, people: Sequence[Contact], names: Names) -> dict[int, list[str]]:
        """`{contact: which of the conditions hold for them, in words}`."""
        found = [leaf for leaf in dict.fromkeys(leaves(self.condition)) if not isinstance(leaf, Everybody)]
        said = [words(leaf, names) for leaf in found]
        asked = select(Contact.id, *(where(leaf, self.scope).label(f"c{n}") for n, leaf in enumerate(found)))
        rows = tx.execute(asked.where(Contact.id.in_([each.id for each in people]))).all()
        return {row[0]: [word for word, holds in zip(said, row[1:], strict=True) if holds] for row in rows}

    def _chosen(self, *columns: Any) -> Select[Any]:
        return select(*columns).select_from(Contact).where(Contact.workspace_id == self.workspace_id, self.asked)
