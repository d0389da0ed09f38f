"""How many began and stopped reading a publication, by the day (UTC): sums, kept by the database as it writes history.

Rows are what one statement changed, added up; `fold` makes one of many for each day.
"""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, Index, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base
from models.types import Id


class Growth(Base):
    __tablename__ = "growths"
    __table_args__ = (Index("ix_growths_publication_id_day", "publication_id", "day"),)

    id: Mapped[Id]
    publication_id: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    joined: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def fold(cls, tx: Session) -> int:
        """One row a day; returns how many rows went. A repeat is harmless."""
        return len(tx.execute(_FOLD).all())


class Day(NamedTuple):
    day: date
    joined: int
    gone: int
    readers: int  # at its end

    @classmethod
    def of(cls, tx: Session, publication_id: int, *, readers: int, today: date, days: int) -> list["Day"]:
        """The latest days, oldest first. They are counted back from the readers of today: nobody is counted twice,
        and whoever was erased altogether never was one."""
        sums = select(Growth.day, func.sum(Growth.joined), func.sum(Growth.gone)).group_by(Growth.day)
        since = sums.where(Growth.publication_id == publication_id, Growth.day > today - timedelta(days=days))
        moved = {day: (int(joined), int(gone)) for day, joined, gone in tx.execute(since)}
        found = []
        for day in (today - timedelta(days=number) for number in range(days)):
            joined, gone = moved.get(day, (0, 0))
            found.append(cls(day, joined, gone, max(0, readers)))
            readers += gone - joined
        return found[::-1]


_FOLD = text("""
    with many as (
        select publication_id, day from growths group by publication_id, day having count(*) > 1
    ), gone as (
        delete from growths g using many m where m.publication_id = g.publication_id and m.day = g.day returning g.*
    ), folded as (
        insert into growths (publication_id, day, joined, gone)
        select publication_id, day, sum(joined), sum(gone) from gone group by publication_id, day
    )
    select 1 from gone
""")
