"""Orders of long lists, and what is done to everybody who is found in one"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043"
down_revision = "0042"

WORDS = ("noun", "verb", "word", "ip", "state")
NUMBERS = (("place", sa.BigInteger()), ("total", sa.Integer()), ("seen", sa.Integer()), ("done", sa.Integer()))


def upgrade() -> None:
    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("wanted", postgresql.JSONB(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in NUMBERS),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("moved_at", "created_at")),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("state in ('running', 'finished', 'stopped')", name=op.f("ck_bulk_changes_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_bulk_changes_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_bulk_changes_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
    )
    op.create_index(op.f("ix_bulk_changes_workspace_id"), "bulk_changes", ["workspace_id"])
    op.create_index(op.f("ix_bulk_changes_user_id"), "bulk_changes", ["user_id"])
    running = sa.text("state = 'running'")
    op.create_index("ix_bulk_changes_running", "bulk_changes", ["id"], postgresql_where=running)
    for table in ("contacts", "suppressions"):
        op.create_index(f"ix_{table}_workspace_id_id", table, ["workspace_id", "id"])
    pattern = {"email": "text_pattern_ops"}
    op.create_index("ix_suppressions_beginning", "suppressions", ["workspace_id", "email"], postgresql_ops=pattern)


def downgrade() -> None:
    op.drop_index("ix_suppressions_beginning", table_name="suppressions")
    for table in ("contacts", "suppressions"):
        op.drop_index(f"ix_{table}_workspace_id_id", table_name=table)
    op.drop_table("bulk_changes")
