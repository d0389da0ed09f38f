"""When the provider's latest word on an address was true; when a link was followed"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "last_heard",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_last_heard_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "stream", "email", name=op.f("pk_last_heard")),
    )
    op.add_column("findings", sa.Column("followed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("findings", "followed_at")
    op.drop_table("last_heard")
