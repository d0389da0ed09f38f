"""The editions of a newsletter in the order in which they were begun, however many there are"""

from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    op.create_index("ix_editions_publication_id_id", "editions", ["publication_id", "id"])
    op.drop_index("ix_editions_publication_id", table_name="editions")  # the new one finds by the newsletter as well


def downgrade() -> None:
    op.create_index("ix_editions_publication_id", "editions", ["publication_id"])
    op.drop_index("ix_editions_publication_id_id", table_name="editions")
