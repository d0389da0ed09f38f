"""Rows of imports are found by what they made"""

from alembic import op

revision = "0058"
down_revision = "0057"

NEW, OLD = "ix_import_rows_making", "ix_import_rows_created"


def upgrade() -> None:
    op.execute(f"create index {NEW} on import_rows (subject_id) where state = 'created'")
    op.drop_index(OLD, table_name="import_rows")


def downgrade() -> None:
    op.execute(f"create index {OLD} on import_rows (import_id, subject_id) where state = 'created'")
    op.drop_index(NEW, table_name="import_rows")
