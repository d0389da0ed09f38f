"""Empty tables before each test, at little cost.

To truncate makes a new file for every table and index, hundreds of them, whatever they hold. Most tests leave a few
rows: those are deleted, with triggers and foreign keys asleep. What has grown is truncated all the same.
"""

from functools import cache

from sqlalchemy import TextClause, text

from models.db import Base, transaction

GROWN = 400_000  # bytes of a table, those of deleted rows included


def empty() -> None:
    with transaction() as tx:
        connection = tx.connection()
        if connection.scalar(_MAY_SLEEP) and not connection.scalar(_GROWN, {"most": GROWN}):
            connection.execute(_deleting())
        else:
            connection.exec_driver_sql(f"truncate {', '.join(Base.metadata.tables)} restart identity cascade")


@cache
def _deleting() -> TextClause:
    """One trip: every table, then every sequence that was used."""
    deletes = "; ".join(f"delete from {name}" for name in Base.metadata.tables)
    return text(f"set local session_replication_role = replica; {deletes}; {_RESTART}")


_MAY_SLEEP = text("select current_setting('is_superuser') = 'on'")
_GROWN = text("""
    select exists (select from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                   and pg_relation_size(oid) > :most)
""")
_RESTART = """
    select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    from pg_sequences where schemaname = 'public' and last_value is not null
"""
