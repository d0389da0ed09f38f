"""Drafts keep their revisions, and newsletters have looks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("publications", sa.Column("brand", postgresql.JSONB(), server_default="{}", nullable=False))
    op.create_table(
        "revisions",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("preheader", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("manner in ('saved', 'autosaved')", name=op.f("ck_revisions_manner")),
        sa.CheckConstraint("format in ('markdown', 'html', 'mjml')", name=op.f("ck_revisions_format")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f("fk_revisions_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_revisions_user_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_revisions_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "number", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_user_id"), "revisions", ["user_id"])
    op.create_index(op.f("ix_revisions_workspace_id"), "revisions", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("revisions")
    op.drop_column("publications", "brand")
