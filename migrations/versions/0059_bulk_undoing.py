"""Whom a bulk change changed, so that it can be undone"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    op.create_table(
        "bulk_change_pages",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        sa.Column("contacts", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["bulk_changes.id"], name=op.f("fk_bulk_change_pages_change_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change_pages")),
    )
    op.create_index(op.f("ix_bulk_change_pages_change_id"), "bulk_change_pages", ["change_id"])
    op.add_column("bulk_changes", sa.Column("undone", sa.Integer(), nullable=False, server_default="0"))
    op.drop_constraint(op.f("ck_bulk_changes_state"), "bulk_changes")
    op.create_check_constraint(
        op.f("ck_bulk_changes_state"),
        "bulk_changes",
        "state in ('running', 'finished', 'stopped', 'undoing', 'undone')",
    )
    op.drop_index("ix_bulk_changes_running", table_name="bulk_changes")
    moving = sa.text("state in ('running', 'undoing')")
    op.create_index("ix_bulk_changes_moving", "bulk_changes", ["id"], postgresql_where=moving)


def downgrade() -> None:
    op.execute("update bulk_changes set state = 'stopped' where state in ('undoing', 'undone')")
    op.drop_index("ix_bulk_changes_moving", table_name="bulk_changes")
    running = sa.text("state = 'running'")
    op.create_index("ix_bulk_changes_running", "bulk_changes", ["id"], postgresql_where=running)
    name = op.f("ck_bulk_changes_state")
    op.drop_constraint(name, "bulk_changes")
    op.create_check_constraint(name, "bulk_changes", "state in ('running', 'finished', 'stopped')")
    op.drop_column("bulk_changes", "undone")
    op.drop_table("bulk_change_pages")
