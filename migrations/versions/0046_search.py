"""The words of entries and comments, to be searched

Each row has its words, and a word no text can hold (it has a space in it) for its workspace, so that one index finds
what one workspace says. The tables are written anew: a million entries take some twenty seconds.
"""

from alembic import op

revision = "0046"
down_revision = "0045"

TABLES = ("entries", "comments")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"""
            alter table {table} add column words tsvector generated always as (
                to_tsvector('simple', body) || array_to_tsvector(array['house ' || cast(workspace_id as text)])
            ) stored
        """)
        op.execute(f"create index ix_{table}_words on {table} using gin (words) with (fastupdate = off)")


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "words")
