"""The days of one person, in their order"""

from alembic import op

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    op.create_index("ix_entries_user_id_local_date", "entries", ["user_id", "local_date"])


def downgrade() -> None:
    op.drop_index("ix_entries_user_id_local_date", table_name="entries")
