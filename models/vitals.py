"""How the database is: sizes, connections, what has been open for long, what waits to be swept, and its schema."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
TABLES = 12  # that are told of: the largest


class Table(NamedTuple):
    name: str
    size: int  # bytes, indexes included
    rows: int  # about
    dead: int  # about: rows that are gone, and not swept yet
    swept_at: datetime | None


class Vitals(NamedTuple):
    version: str
    size: int  # bytes
    connections: int
    most: int  # connections that it allows us
    longest: float  # seconds for which the oldest transaction has been open
    now: datetime  # by its clock
    migrated: str  # the number of the last migration

    @classmethod
    def of(cls, tx: Session) -> "Vitals":
        return cls(*tx.execute(_VITALS).one())

    @property
    def is_current(self) -> bool:
        return self.migrated == newest()


def tables(tx: Session) -> list[Table]:
    """The largest first."""
    return [Table(*row) for row in tx.execute(_TABLES, {"most": TABLES})]


@cache
def newest() -> str:
    """The number of the last migration of this release."""
    return max(file.name[:4] for file in VERSIONS.glob("[0-9]*.py"))


_VITALS = text("""
    select current_setting('server_version'), pg_database_size(d.oid),
           (select count(*) from pg_stat_activity a where a.datname = d.datname),
           least(current_setting('max_connections')::int,
                 coalesce(nullif(d.datconnlimit, -1), 100000), coalesce(nullif(r.rolconnlimit, -1), 100000)),
           coalesce((select extract(epoch from max(clock_timestamp() - xact_start))::float from pg_stat_activity a
                     where a.datname = d.datname and a.pid <> pg_backend_pid()), 0),
           clock_timestamp(), (select version_num from alembic_version)
    from pg_database d, pg_roles r
    where d.datname = current_database() and r.rolname = current_user
""")
_TABLES = text("""
    select relname, pg_total_relation_size(relid), greatest(n_live_tup, 0), n_dead_tup,
           greatest(last_vacuum, last_autovacuum)
    from pg_stat_user_tables order by 2 desc limit :most
""")
