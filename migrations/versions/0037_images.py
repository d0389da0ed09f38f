"""Pictures for letters"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

WORDS = ("key", "digest", "name", "alt", "kind", "ending")


def upgrade() -> None:
    op.create_table(
        "images",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("width", "height", "size")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        *(_key("images", name, table, gone) for name, table, gone in (
            ("workspace_id", "workspaces", "CASCADE"), ("user_id", "users", "SET NULL"),
        )),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sa.UniqueConstraint("key", name=op.f("uq_images_key")),
        sa.UniqueConstraint("workspace_id", "digest", name=op.f("uq_images_workspace_id_digest")),
    )  # fmt: skip
    op.create_index(op.f("ix_images_workspace_id"), "images", ["workspace_id"])
    op.create_index(op.f("ix_images_user_id"), "images", ["user_id"])
    op.create_table(
        "image_pieces",
        sa.Column("image_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("image_pieces", "image_id", "images"),
        sa.PrimaryKeyConstraint("image_id", "place", name=op.f("pk_image_pieces")),
    )
    op.create_table(
        "image_uses",
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("image_id", "edition_id", "workspace_id")),
        *(_key("image_uses", name, table) for name, table in (
            ("image_id", "images"), ("edition_id", "editions"), ("workspace_id", "workspaces"),
        )),
        sa.PrimaryKeyConstraint("image_id", "edition_id", name=op.f("pk_image_uses")),
    )  # fmt: skip
    op.create_index(op.f("ix_image_uses_edition_id"), "image_uses", ["edition_id"])
    op.create_index(op.f("ix_image_uses_workspace_id"), "image_uses", ["workspace_id"])


def downgrade() -> None:
    for table in ("image_uses", "image_pieces", "images"):
        op.drop_table(table)


def _key(of: str, column: str, table: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{of}_{column}"), ondelete=gone)
