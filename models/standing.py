"""How many subscriptions of a publication are in each state, kept as they change: counting a million takes too long.

Each statement that changes subscriptions adds what it changed as rows of its own (triggers of migration 0010), so
those who change many at once never wait for each other. `fold` makes few rows of many.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base
from models.types import Id, Words


class Standing(Base):
    __tablename__ = "standings"

    id: Mapped[Id]
    publication_id: Mapped[int] = mapped_column(BigInteger, index=True)
    state: Mapped[Words]
    count: Mapped[int] = mapped_column(BigInteger)  # more of them, or fewer

    @classmethod
    def of(cls, tx: Session, publication_ids: Iterable[int]) -> dict[int, dict[str, int]]:
        """`{publication id: {state: count}}`, without states that nobody is in."""
        sums = select(cls.publication_id, cls.state, func.sum(cls.count)).group_by(cls.publication_id, cls.state)
        found: dict[int, dict[str, int]] = {number: {} for number in publication_ids}
        for number, state, count in tx.execute(sums.where(cls.publication_id.in_(list(found)))):
            if count:
                found[number][state] = int(count)
        return found

    @classmethod
    def fold(cls, tx: Session) -> int:
        """One row for each state of a publication; returns how many rows went. A repeat is harmless."""
        return len(tx.execute(_FOLD).all())


_FOLD = text("""
    with many as (
        select publication_id, state from standings group by publication_id, state having count(*) > 1
    ), gone as (
        delete from standings s using many m where m.publication_id = s.publication_id and m.state = s.state
        returning s.publication_id, s.state, s.count
    ), folded as (
        insert into standings (publication_id, state, count)
        select publication_id, state, sum(count) from gone group by publication_id, state
    )
    select 1 from gone
""")
