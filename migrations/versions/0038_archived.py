"""When an edition first was in the archive"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.add_column("editions", sa.Column("archived_at", sa.DateTime(timezone=True)))
    op.execute("update editions set archived_at = finished_at where state = 'sent'")


def downgrade() -> None:
    op.drop_column("editions", "archived_at")
