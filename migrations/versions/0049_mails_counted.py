"""Mails that are no copies of an edition are counted by an index of their own"""

from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    columns = ["workspace_id", "kind", "state"]
    op.create_index("ix_deliveries_mails", "deliveries", columns, postgresql_where="kind <> 'edition'")


def downgrade() -> None:
    op.drop_index("ix_deliveries_mails", "deliveries")
