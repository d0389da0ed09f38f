"""What waits to be sent, found without looking at what waits besides"""

from alembic import op

revision = "0005"
down_revision = "0004"

IN_DOUBT = "state in ('sending', 'unknown')"
COPIES = "state = 'queued' and kind = 'edition'"
MAILS = "state = 'queued' and kind <> 'edition'"


def upgrade() -> None:
    op.create_index("ix_deliveries_waiting_copies", "deliveries", ["source_id", "id"], postgresql_where=COPIES)
    op.create_index("ix_deliveries_waiting_mails", "deliveries", ["kind", "id"], postgresql_where=MAILS)
    op.create_index("ix_deliveries_in_doubt", "deliveries", ["batch_id"], postgresql_where=IN_DOUBT)
    op.drop_index("ix_deliveries_open", table_name="deliveries")
    op.drop_index("ix_deliveries_workspace_id", table_name="deliveries")


def downgrade() -> None:
    op.create_index("ix_deliveries_workspace_id", "deliveries", ["workspace_id"])
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["state", "due_at", "id"],
        postgresql_where="state in ('queued', 'sending', 'unknown')",
    )
    op.drop_index("ix_deliveries_in_doubt", table_name="deliveries")
    op.drop_index("ix_deliveries_waiting_mails", table_name="deliveries")
    op.drop_index("ix_deliveries_waiting_copies", table_name="deliveries")
