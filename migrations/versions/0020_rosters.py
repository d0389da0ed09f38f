"""What the page of a publication's subscribers, and that of one person, are found by"""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("ix_subscriptions_publication_id_id", "subscriptions", ["publication_id", "id"])
    op.create_index("ix_subscriptions_publication_id_state_id", "subscriptions", ["publication_id", "state", "id"])
    pattern = {"email": "text_pattern_ops"}
    op.create_index("ix_contacts_beginning", "contacts", ["workspace_id", "email"], postgresql_ops=pattern)
    op.create_index("ix_inbound_emails_workspace_id_sender", "inbound_emails", ["workspace_id", "sender"])


def downgrade() -> None:
    op.drop_index("ix_inbound_emails_workspace_id_sender", table_name="inbound_emails")
    op.drop_index("ix_contacts_beginning", table_name="contacts")
    op.drop_index("ix_subscriptions_publication_id_state_id", table_name="subscriptions")
    op.drop_index("ix_subscriptions_publication_id_id", table_name="subscriptions")
