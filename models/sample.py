"""How things stood at a minute: depths of queues, how long a job waited, what has been counted so far.

A ring of two days, kept by the tick in PostgreSQL, since Redis may be emptied at any moment. What was counted is a
number that only grows; where it is smaller than before, counting began anew.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import DateTime, UniqueConstraint, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Words

KEPT = timedelta(days=2)
MINUTE = timedelta(minutes=1)


class Sample(Base):
    __tablename__ = "samples"
    __table_args__ = (UniqueConstraint("at", "name"),)

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))  # the beginning of a minute
    name: Mapped[Words]
    value: Mapped[int]

    @classmethod
    def keep(cls, tx: Session, at: datetime, values: Mapping[str, int]) -> None:
        """The first to tell of a minute is believed: a repeat changes nothing."""
        rows = [{"at": at, "name": name, "value": value} for name, value in values.items()]
        if rows:
            tx.execute(insert(cls).on_conflict_do_nothing(), rows)

    @classmethod
    def forget(cls, tx: Session) -> None:
        tx.execute(delete(cls).where(cls.at < clock.now() - KEPT))

    @classmethod
    def last_at(cls, tx: Session) -> datetime | None:
        return tx.scalar(select(func.max(cls.at)))

    @classmethod
    def since(cls, tx: Session, began: datetime, step: timedelta) -> dict[str, dict[datetime, int]]:
        """`{name: {the beginning of each step: the highest in it}}`, from a moment on."""
        found: dict[str, dict[datetime, int]] = {}
        for name, at, value in tx.execute(_SINCE, {"began": began, "step": step}):
            found.setdefault(name, {})[at] = value
        return found


_SINCE = text("""
    select name, date_bin(:step, at, :began) as step, max(value) from samples
    where at >= :began group by 1, 2 order by 1, 2
""")
