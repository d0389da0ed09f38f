"""Sums of an edition, kept as its rows change: counting a million copies takes too long for a page.

Each statement that changes copies or traces adds what it changed as rows of its own (triggers of the migration that
made this table), in the same transaction, so no statement and no older release can leave anything out, and those who
change many at once never wait for each other. `fold` makes few rows of many.

What is counted: `copy` by state, `sent` (handed over, for the rate alone), `open`, `click`, `link` and `canary` by who
did it, `client` and `country` of people's opens. Of the first days also by the hour.
"""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, DateTime, Index, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Id, Words

RECENT = timedelta(seconds=60)  # over which the rate is taken


class Tally(Base):
    __tablename__ = "edition_tallies"
    __table_args__ = (Index("ix_edition_tallies_fresh", "edition_id", postgresql_where="at is not null"),)

    id: Mapped[Id]
    edition_id: Mapped[int] = mapped_column(BigInteger, index=True)
    what: Mapped[Words]
    word: Mapped[Words]
    link_id: Mapped[int] = mapped_column(BigInteger)
    hour: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # when it begins; of the first three days
    at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # of a row that is not folded yet
    count: Mapped[int] = mapped_column(BigInteger)  # more of them, or fewer

    @classmethod
    def fold(cls, tx: Session) -> int:
        """Few rows of many; returns how many rows went. A repeat is harmless."""
        return len(tx.execute(_FOLD, {"recently": clock.now() - RECENT}).all())


_FOLD = text("""
    with changed as (
        select distinct edition_id from edition_tallies where at is not null and (what <> 'sent' or at < :recently)
    ), gone as (
        delete from edition_tallies t using changed c
        where c.edition_id = t.edition_id and (t.what <> 'sent' or t.at < :recently)
        returning t.*
    ), folded as (
        insert into edition_tallies (edition_id, what, word, link_id, hour, count)
        select edition_id, what, word, link_id, hour, sum(count) from gone where what <> 'sent'
        group by edition_id, what, word, link_id, hour having sum(count) <> 0
    )
    select 1 from gone
""")
