"""Past editions to be read in the browser, found by their words"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

# As models/archive.py searches. The bound keeps a text of any kind below what a tsvector holds.
FOUND_BY = "to_tsvector('simple', subject || ' ' || left(text, 100000))"


def upgrade() -> None:
    op.add_column("publications", sa.Column("archive", sa.Text(), server_default="nobody", nullable=False))
    op.add_column("editions", sa.Column("shown_to", sa.Text(), server_default="", nullable=False))
    _allow("publications", "archive", "'nobody', 'subscribers', 'everybody'")
    _allow("editions", "shown_to", "'', 'nobody', 'subscribers', 'everybody'")
    published = sa.text("published_at is not null")
    op.create_index(
        "ix_editions_words", "editions", [sa.text(FOUND_BY)], postgresql_using="gin", postgresql_where=published
    )
    op.create_index(
        "ix_editions_published", "editions", ["publication_id", "published_at", "id"], postgresql_where=published
    )


def downgrade() -> None:
    op.drop_index("ix_editions_published", table_name="editions")
    op.drop_index("ix_editions_words", table_name="editions")
    op.drop_column("editions", "shown_to")
    op.drop_column("publications", "archive")


def _allow(table: str, column: str, words: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, f"{column} in ({words})")
