"""Something that must hold for Postroom to work: how it stands, what was found, and how it is mended, in a sentence.

What only Postmark can say is asked by a job and kept here, one row for each check; like streams, they belong to the
installation and to no workspace. What this machine knows is asked when somebody looks, and not kept.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Moment, Words


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"  # it works, and a person should know
    BAD = "bad"
    UNKNOWN = "unknown"  # nobody can say, or nobody answered


class Check(NamedTuple):
    name: str
    state: State
    found: str
    fix: str = ""  # nothing where there is nothing to do
    remedy: str = ""  # the word of what we can do about it ourselves: `webhooks`


class StoredCheck(Base):
    __tablename__ = "checks"
    __table_args__ = (CheckConstraint("state in ('fine', 'look', 'bad', 'unknown')", name="state"),)

    id: Mapped[Id]
    name: Mapped[Words] = mapped_column(unique=True)
    place: Mapped[int]  # in the order in which they were asked
    state: Mapped[Words]
    found: Mapped[Words]
    fix: Mapped[Words]
    remedy: Mapped[Words]
    checked_at: Mapped[Moment]

    @classmethod
    def replace(cls, tx: Session, checks: Sequence[Check]) -> None:
        """What was found now takes the place of what was found before."""
        rows = [{**check._asdict(), "place": place, "checked_at": clock.now()} for place, check in enumerate(checks)]
        statement = insert(cls)
        fresh = {name: statement.excluded[name] for name in ("place", "state", "found", "fix", "remedy", "checked_at")}
        tx.execute(delete(cls).where(cls.name.not_in([check.name for check in checks])))
        tx.execute(statement.on_conflict_do_update(index_elements=[cls.name], set_=fresh), rows)

    @classmethod
    def all(cls, tx: Session) -> list[Check]:
        rows = tx.scalars(select(cls).order_by(cls.place))
        return [Check(row.name, State(row.state), row.found, row.fix, row.remedy) for row in rows]

    @classmethod
    def asked_at(cls, tx: Session) -> datetime | None:
        """When Postmark was asked last."""
        return tx.scalar(select(cls.checked_at).order_by(cls.checked_at).limit(1))
