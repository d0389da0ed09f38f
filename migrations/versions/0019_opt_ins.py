"""Who asked to subscribe, and when they confirmed it"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    moments = ("created_at", False), ("confirmed_at", True)
    op.create_table(
        "opt_ins",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("subscription_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "source", "ip")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=is_open) for name, is_open in moments),
        sa.Column("confirmed_ip", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_opt_ins_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name=op.f("fk_opt_ins_subscription_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_ins")),
    )
    op.create_index(op.f("ix_opt_ins_workspace_id"), "opt_ins", ["workspace_id"])
    op.create_index(op.f("ix_opt_ins_subscription_id"), "opt_ins", ["subscription_id"])


def downgrade() -> None:
    op.drop_table("opt_ins")
