"""The database: one engine a process, one short transaction at a time.

A transaction is opened around SQL alone. Nothing outside the database is called within one, least of all a mail
provider: the pool is far smaller than the number of threads that share it.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Engine, MetaData, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.base import ExecutableOption

from config import settings

CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# What is asked about some two hundred rows has an index each time. Without this, statistics that are old or say "these
# are all alike" have PostgreSQL read whole tables instead.
BY_INDEX = text("set local enable_seqscan = off")
# A page is read from the index that has it in order. Without this, all that there is would be, and sorted, as long as
# that is believed to be little.
IN_ORDER = text("set local enable_sort = off")

_open = threading.local()


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)


class Numbered(Protocol):
    id: Any


Row = TypeVar("Row", bound=Numbered)


class NotFound(Exception):
    """No such row, or none that this workspace may see. Never worth a retry."""

    retry = False


@contextmanager
def transaction() -> Iterator[Session]:
    """A session that commits at the end of the block and rolls back when it raises.

    Objects stay readable afterwards. Raises `RuntimeError` inside another transaction: a second one would wait for a
    second connection, and fifty threads doing so on five connections stop for good.
    """
    if in_transaction():
        raise RuntimeError("a transaction is open already: pass its session on")
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        _open.session = session
        try:
            yield session
        finally:
            _open.session = None


def by_id(tx: Session, noun: type[Row], ids: Iterable[int | None], *options: ExecutableOption) -> dict[int, Row]:
    """`{id: row}` of those that there are, each with what the options load."""
    found = select(noun).where(noun.id.in_(set(ids) - {None})).options(*options)
    return {row.id: row for row in tx.scalars(found)}


def in_transaction() -> bool:
    return getattr(_open, "session", None) is not None


@cache
def engine() -> Engine:
    return create_engine(
        settings.database_url,
        pool_size=settings.database_pool,
        max_overflow=0,
        pool_timeout=60,
        pool_pre_ping=True,
        pool_use_lifo=True,
        connect_args=_connect_args(),
    )


def _connect_args() -> dict[str, Any]:
    """A statement that hangs gives its thread back: nothing here takes minutes but migrations, which connect apart.

    And what PostgreSQL believes of itself was true of hard disks: reading a row elsewhere costs hardly more than the
    next one. Compiling a query (JIT) costs more than running any of ours.
    """
    beliefs = "-c random_page_cost=1.1 -c jit=off"
    limits = "-c statement_timeout=60000 -c lock_timeout=30000"
    return {"connect_timeout": 10, "options": f"-c timezone=UTC {limits} {beliefs}"}
