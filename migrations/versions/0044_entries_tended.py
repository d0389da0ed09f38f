"""Entries that are edited, moved, ticked, resolved and taken away

The columns have no values to write, so the table is not rewritten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"

MOMENTS = ("edited_at", "moved_at", "deleted_at")
OPEN = "kind <> 'done' and outcome = '' and deleted_at is null"


def upgrade() -> None:
    op.add_column("entries", sa.Column("goal_id", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("outcome", sa.Text(), server_default="", nullable=False))
    op.add_column("entries", sa.Column("closed_on", sa.Date(), nullable=True))
    for name in MOMENTS:
        op.add_column("entries", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(op.f("ck_entries_outcome"), "entries", "outcome in ('', 'done', 'dropped', 'resolved')")
    op.create_foreign_key(op.f("fk_entries_goal_id"), "entries", "entries", ["goal_id"], ["id"], ondelete="SET NULL")
    known = "goal_id is not null"
    op.create_index("ix_entries_goal_id", "entries", ["goal_id"], postgresql_where=sa.text(known))
    once = sa.text(f"{known} and deleted_at is null")
    op.create_index("uq_entries_goal_id", "entries", ["goal_id"], unique=True, postgresql_where=once)
    columns = ["team_id", "user_id", "local_date"]
    op.create_index("ix_entries_open", "entries", columns, postgresql_where=sa.text(OPEN))


def downgrade() -> None:
    op.drop_index("ix_entries_open", table_name="entries")
    op.drop_index("uq_entries_goal_id", table_name="entries")
    op.drop_index("ix_entries_goal_id", table_name="entries")
    op.drop_constraint(op.f("ck_entries_outcome"), "entries")
    for name in ("goal_id", "outcome", "closed_on", *MOMENTS):
        op.drop_column("entries", name)
