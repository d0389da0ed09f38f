"""How many rows of an import are in each state, kept as they change: counting a million takes too long.

Each statement that changes rows adds what it changed as rows of its own (triggers of migration 0012), so those who
settle many at once never wait for each other. `fold` makes few rows of many, once they tell nothing of the last minute.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, DateTime, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Words

RECENT = timedelta(seconds=60)  # over which the rate is taken
QUIET = timedelta(seconds=10)


class Tally(Base):
    __tablename__ = "import_tallies"

    id: Mapped[Id]
    import_id: Mapped[int] = mapped_column(BigInteger, index=True)
    state: Mapped[Words]
    forecast: Mapped[Words]
    count: Mapped[int] = mapped_column(BigInteger)  # more of them, or fewer
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when the last of them was

    @classmethod
    def quiet(cls, tx: Session, import_ids: Sequence[int]) -> list[int]:
        """Those of these imports of which no row has been settled for a while."""
        busy = select(cls.import_id).where(cls.import_id.in_(import_ids), cls.settled_at > clock.now() - QUIET)
        return sorted({*import_ids} - {*tx.scalars(busy)})

    @classmethod
    def fold(cls, tx: Session) -> int:
        """One row for each state and forecast of an import; returns how many rows went. A repeat is harmless."""
        return len(tx.execute(_FOLD, {"recently": clock.now() - RECENT}).all())


_FOLD = text("""
    with many as (
        select import_id, state, forecast from import_tallies where coalesce(settled_at, '-infinity') < :recently
        group by import_id, state, forecast having count(*) > 1
    ), gone as (
        delete from import_tallies t using many m
        where m.import_id = t.import_id and m.state = t.state and m.forecast = t.forecast
          and coalesce(t.settled_at, '-infinity') < :recently
        returning t.*
    ), folded as (
        insert into import_tallies (import_id, state, forecast, count, settled_at)
        select import_id, state, forecast, sum(count), max(settled_at) from gone
        group by import_id, state, forecast having sum(count) <> 0
    )
    select 1 from gone
""")
