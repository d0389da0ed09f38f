"""What the first page finds what waits for a person by, and when a workspace put its list of first steps away"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"

ASIDE = "state in ('bounced', 'complained', 'failed', 'suppressed', 'canceled', 'unknown')"
INDEXES = {
    ("ix_inbound_emails_attention", "inbound_emails"): "state in ('held', 'failed')",
    ("ix_editions_underway", "editions"): "state in ('scheduled', 'addressing', 'sending', 'paused')",
    ("ix_imports_underway", "imports"): "state not in ('refused', 'canceled', 'finished', 'undone')",
}


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("checklist_closed_at", sa.DateTime(timezone=True)))
    for (name, table), where in INDEXES.items():
        op.create_index(name, table, ["workspace_id", "id"], postgresql_where=sa.text(where))
    aside = ["workspace_id", "state", "id"]
    op.create_index("ix_deliveries_aside", "deliveries", aside, postgresql_where=sa.text(ASIDE))


def downgrade() -> None:
    op.drop_index("ix_deliveries_aside", table_name="deliveries")
    for name, table in INDEXES:
        op.drop_index(name, table_name=table)
    op.drop_column("workspaces", "checklist_closed_at")
