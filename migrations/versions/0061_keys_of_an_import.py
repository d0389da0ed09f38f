"""What an import says twice is found whatever the statistics say; indexes go that others make up for"""

from alembic import op

revision = "0061"
down_revision = "0060"

LEFT_OUT = {  # each begins as another does that is kept
    "ix_contacts_workspace_id": "contacts (workspace_id)",
    "ix_suppressions_workspace_id": "suppressions (workspace_id)",
    "ix_audit_events_workspace_id": "audit_events (workspace_id)",
    "ix_subscriptions_active": "subscriptions (publication_id, id) where state = 'active'",
}
NEW, OLD = "ix_import_rows_keys", "ix_import_rows_import_id_key"


def upgrade() -> None:
    op.execute(f"create index {NEW} on import_rows ((import_id + 0), key, number) where key <> ''")
    for index in (OLD, *LEFT_OUT):
        op.execute(f"drop index {index}")


def downgrade() -> None:
    op.execute(f"create index {OLD} on import_rows (import_id, key, number) where key <> ''")
    op.drop_index(NEW, table_name="import_rows")
    for index, of in LEFT_OUT.items():
        op.execute(f"create index {index} on {of}")
