"""Who is told that an entry names them"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    op.alter_column("notices", "comment_id", nullable=True)
    op.add_column("notices", sa.Column("entry_id", sa.BigInteger(), nullable=True))
    name = op.f("fk_notices_entry_id")
    op.create_foreign_key(name, "notices", "entries", ["entry_id"], ["id"], ondelete="SET NULL")
    op.create_unique_constraint(op.f("uq_notices_user_id_entry_id"), "notices", ["user_id", "entry_id"])
    op.create_check_constraint(op.f("ck_notices_about"), "notices", "comment_id is null or entry_id is null")
    op.create_index(op.f("ix_notices_entry_id"), "notices", ["entry_id"])


def downgrade() -> None:
    op.execute("delete from notices where comment_id is null")
    op.drop_column("notices", "entry_id")
    op.alter_column("notices", "comment_id", nullable=False)
