"""How Alembic reaches the database: one connection, one transaction, one migration at a time.

Old code runs on the new schema while a release is rolled out: a revision adds, and what it replaces goes later.
"""

from alembic import context
from sqlalchemy import create_engine, pool, text

import models  # noqa: F401  (every table must be known before they are compared)
from config import settings
from models.db import Base

LOCK = 0x706F7374726F6F6D  # "postroom"

with create_engine(settings.database_url, poolclass=pool.NullPool).begin() as connection:
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
    # A long wait for a table's lock would hold up everybody behind it: rather fail, and be released again.
    connection.execute(text("set lock_timeout = '10s'"))
    context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()
