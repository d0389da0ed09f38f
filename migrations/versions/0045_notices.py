"""Comments that are deleted, and who is told of comments how soon"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("comments", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("memberships", sa.Column("notices", sa.Text(), server_default="at_once", nullable=False))
    paces = "notices in ('at_once', 'hourly', 'digest', 'never')"
    op.create_check_constraint(op.f("ck_memberships_notices"), "memberships", paces)
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("leader_id", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(_foreign(*each) for each in (
            ("workspace_id", "workspaces"), ("user_id", "users"), ("comment_id", "comments"), ("leader_id", "notices"),
        )),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("user_id", "comment_id", name=op.f("uq_notices_user_id_comment_id")),
    )  # fmt: skip
    for column in ("workspace_id", "comment_id", "leader_id"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column])
    waiting = sa.text("leader_id is null and due_at is not null")
    op.create_index("ix_notices_waiting", "notices", ["due_at"], postgresql_where=waiting)


def _foreign(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_notices_{column}"), ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_column("memberships", "notices")
    op.drop_column("comments", "deleted_at")
