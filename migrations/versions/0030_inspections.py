"""Editions are inspected before they are sent"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "inspections",
        *_belongs("inspections"),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_inspections_edition_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("edition_id", name=op.f("uq_inspections_edition_id")),
    )
    op.create_table(
        "findings",
        *_belongs("findings"),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.CheckConstraint("severity in ('pending', 'fine', 'look', 'serious')", name=op.f("ck_findings_severity")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_findings_inspection_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("inspection_id", "kind", "place", name=op.f("uq_findings_inspection_id_kind_place")),
    )
    for table in ("inspections", "findings"):
        op.create_index(op.f(f"ix_{table}_workspace_id"), table, ["workspace_id"])


def downgrade() -> None:
    op.drop_table("findings")
    op.drop_table("inspections")


def _belongs(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
