"""Which sheet of a workbook an import reads"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("imports", sa.Column("sheet", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("imports", "sheet")
