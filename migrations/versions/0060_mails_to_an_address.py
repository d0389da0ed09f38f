"""Mails, but for copies of editions, are found by the address they went to"""

from alembic import op

revision = "0060"
down_revision = "0059"

INDEX = "ix_deliveries_mails_to"


def upgrade() -> None:
    op.execute(f"create index {INDEX} on deliveries (workspace_id, recipient) where kind <> 'edition'")


def downgrade() -> None:
    op.drop_index(INDEX, table_name="deliveries")
