"""What readers answered, in the order in which it came, however much other mail comes in"""

from alembic import op

revision = "0057"
down_revision = "0056"

LETTERS = "kind = 'letter' and edition_id is not null"


def upgrade() -> None:
    op.create_index("ix_inbound_emails_letters", "inbound_emails", ["workspace_id", "id"], postgresql_where=LETTERS)


def downgrade() -> None:
    op.drop_index("ix_inbound_emails_letters", table_name="inbound_emails", postgresql_where=LETTERS)
