"""What is found out about rows before they are done"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("imports", sa.Column("processes", postgresql.JSONB(), nullable=False, server_default="{}"))
    op.add_column("import_rows", sa.Column("checks", postgresql.JSONB(), nullable=False, server_default="{}"))
    op.add_column("import_rows", sa.Column("verdict", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_import_rows_import_id_verdict_id",
        "import_rows",
        ["import_id", "verdict", "id"],
        postgresql_where="verdict <> ''",
    )


def downgrade() -> None:
    op.drop_index("ix_import_rows_import_id_verdict_id", "import_rows")
    op.drop_column("import_rows", "verdict")
    op.drop_column("import_rows", "checks")
    op.drop_column("imports", "processes")
