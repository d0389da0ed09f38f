"""When an edition was sent to the rest, and when all of them were queued"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("editions", sa.Column("rest_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("rest_queued_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("editions", "rest_queued_at")
    op.drop_column("editions", "rest_at")
