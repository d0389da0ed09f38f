"""Rows of imports are counted as they change; what a page of them asks has its index"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "import_tallies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("forecast", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_tallies")),
    )
    op.create_index("ix_import_tallies_import_id", "import_tallies", ["import_id"])
    op.create_index(
        "ix_import_rows_expected",
        "import_rows",
        ["import_id", "forecast", "id"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_teams_workspace_id_lower", "teams", ["workspace_id", sa.text("lower(name)")])
    for event, (tables, counted) in EVENTS.items():
        op.execute(
            f"create function import_rows_on_{event}() returns trigger language plpgsql as "
            f"$$ begin {_TALLY} {counted}; return null; end $$"
        )
        op.execute(
            f"create trigger import_rows_{event} after {event} on import_rows referencing {tables} "
            f"for each statement execute function import_rows_on_{event}()"
        )
    op.execute(COUNTED)


# In the database, so that no statement and no older release can change a row without its being counted.
_TALLY = "insert into import_tallies (import_id, state, forecast, count, settled_at)"
EVENTS = {
    "insert": (
        "new table as fresh",
        """
        select import_id, state, forecast, count(*), max(settled_at) from fresh
        group by import_id, state, forecast
        """,
    ),
    "update": (
        "old table as stale new table as fresh",
        """
        select import_id, state, forecast, sum(moved), max(settled_at) from (
            select s.import_id, s.state, s.forecast, -1 as moved, cast(null as timestamptz) as settled_at
            from stale s join fresh f on f.id = s.id and f.state <> s.state
            union all
            select f.import_id, f.state, f.forecast, 1, f.settled_at
            from stale s join fresh f on f.id = s.id and f.state <> s.state
        ) as moves
        group by import_id, state, forecast
        """,
    ),
    "delete": (
        "old table as stale",
        """
        select import_id, state, forecast, -count(*), null from stale
        group by import_id, state, forecast
        """,
    ),
}
COUNTED = """
    insert into import_tallies (import_id, state, forecast, count, settled_at)
    select import_id, state, forecast, count(*), max(settled_at) from import_rows
    group by import_id, state, forecast
"""


def downgrade() -> None:
    for event in EVENTS:
        op.execute(f"drop trigger import_rows_{event} on import_rows")
        op.execute(f"drop function import_rows_on_{event}()")
    op.drop_index("ix_teams_workspace_id_lower", table_name="teams")
    op.drop_index("ix_import_rows_expected", table_name="import_rows")
    op.drop_table("import_tallies")
