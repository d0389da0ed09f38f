"""What Postmark says of this installation, and how it stood minute by minute"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

STATES = "state in ('fine', 'look', 'bad', 'unknown')"


def upgrade() -> None:
    op.create_table(
        "checks",
        _number(),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "state", "found", "fix", "remedy")),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_checks_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("name", name=op.f("uq_checks_name")),
    )
    op.create_table(
        "samples",
        _number(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samples")),
        sa.UniqueConstraint("at", "name", name=op.f("uq_samples_at_name")),
    )


def downgrade() -> None:
    op.drop_table("samples")
    op.drop_table("checks")


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)
