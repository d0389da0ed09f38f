"""Contacts have tags and a note"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("contacts", sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.add_column("contacts", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_contacts_tags", "contacts", ["tags"], unique=False, postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_contacts_tags", table_name="contacts", postgresql_using="gin")
    op.drop_column("contacts", "note")
    op.drop_column("contacts", "tags")
