"""What a person wrote is counted in an index alone"""

from alembic import op

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    op.execute("create index ix_entries_of_person on entries (user_id, local_date, team_id) where deleted_at is null")
    op.drop_index("ix_entries_user_id_local_date", table_name="entries")


def downgrade() -> None:
    op.create_index("ix_entries_user_id_local_date", "entries", ["user_id", "local_date"])
    op.drop_index("ix_entries_of_person", table_name="entries")
