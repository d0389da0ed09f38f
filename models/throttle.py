"""How often something may be tried: a bucket in PostgreSQL that fills by itself, for what must hold without Redis.

A name may be an address, so only its hash is kept, and it goes when its bucket is full again.
"""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base
from models.types import Moment, Words


class Throttle(Base):
    __tablename__ = "throttles"

    name: Mapped[Words] = mapped_column(primary_key=True)  # SHA-256, hexadecimal
    full_at: Mapped[Moment] = mapped_column(index=True)

    @classmethod
    def allows(cls, tx: Session, name: str, most: int, every: timedelta) -> bool:
        """Takes one from the bucket of that name, which holds `most` and gets one back `every` so long."""
        hidden, now = sha256(name.encode()).hexdigest(), clock.now()
        about = {"name": hidden, "now": now, "every": every, "latest": now + most * every}
        return tx.execute(_TAKE, about).first() is not None

    @classmethod
    def forget(cls, tx: Session) -> None:
        """Drops the buckets that are full."""
        tx.execute(delete(cls).where(cls.full_at < clock.now()))


# One moment says all: when the bucket will be full. Who tries at the same time waits for the row.
_TAKE = text("""
    insert into throttles as t (name, full_at) values (:name, cast(:now as timestamptz) + :every)
    on conflict (name) do update set full_at = greatest(t.full_at, :now) + :every
    where greatest(t.full_at, :now) + :every <= :latest
    returning full_at
""")
