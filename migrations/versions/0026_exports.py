"""Files that people take away, and their pieces"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("source", "form", "name", "state", "problem")),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("about", "after", "progress")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("rows", "total", "size")),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('making', 'made', 'refused')", name=op.f("ck_exports_state")),
        sa.CheckConstraint("form in ('csv', 'xlsx')", name=op.f("ck_exports_form")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_exports_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_exports_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_workspace_id"), "exports", ["workspace_id"])
    op.create_index(op.f("ix_exports_user_id"), "exports", ["user_id"])
    same = ["workspace_id", "source", "about", "form"]
    op.create_index("uq_exports_making", "exports", same, unique=True, postgresql_where="state = 'making'")
    op.create_table(
        "export_pieces",
        sa.Column("export_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["exports.id"], name=op.f("fk_export_pieces_export_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("export_id", "place", name=op.f("pk_export_pieces")),
    )


def downgrade() -> None:
    op.drop_table("export_pieces")
    op.drop_table("exports")
