"""What Postmark is to be told of its suppressions; why one was lifted"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

WORDS = ("wants", "told", "added_by", "lifted_because", "lifted_by")


def upgrade() -> None:
    for name in WORDS:
        op.add_column("suppressions", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_index("ix_suppressions_wants", "suppressions", ["id"], postgresql_where="wants <> ''")
    op.add_column("streams", sa.Column("unsubscribes", sa.Text(), server_default="postmark", nullable=False))


def downgrade() -> None:
    op.drop_column("streams", "unsubscribes")
    op.drop_index("ix_suppressions_wants", table_name="suppressions")
    for name in WORDS:
        op.drop_column("suppressions", name)
