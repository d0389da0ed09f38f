"""Imports can be undone: what each of them brought is known by its number"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

BROUGHT = ("teams", "users", "memberships", "contacts")
IMPORT_STATES = "'uploaded', 'reading', 'refused', 'checked', 'running', 'paused', 'canceled', 'finished'"
ROW_STATES = "'pending', 'created', 'changed', 'unchanged', 'skipped', 'invalid', 'failed', 'canceled'"


def upgrade() -> None:
    for table in BROUGHT:
        op.add_column(table, sa.Column("import_id", sa.BigInteger(), nullable=True))
    _widen("imports", f"{IMPORT_STATES}, 'undoing', 'undone'")
    _widen("import_rows", f"{ROW_STATES}, 'undone', 'kept'")
    waiting = sa.text("state = 'created'")
    op.create_index("ix_import_rows_created", "import_rows", ["import_id", "subject_id"], postgresql_where=waiting)
    op.create_index(
        "ix_inbound_emails_user_id", "inbound_emails", ["user_id"], postgresql_where=sa.text("user_id is not null")
    )


def downgrade() -> None:
    op.drop_index("ix_inbound_emails_user_id", table_name="inbound_emails")
    op.drop_index("ix_import_rows_created", table_name="import_rows")
    _widen("import_rows", ROW_STATES)
    _widen("imports", IMPORT_STATES)
    for table in BROUGHT:
        op.drop_column(table, "import_id")


def _widen(table: str, states: str) -> None:
    """Not checked again for the rows that are there, which takes time: all of them are in fewer states."""
    op.drop_constraint(op.f(f"ck_{table}_state"), table, type_="check")
    op.execute(f"alter table {table} add constraint ck_{table}_state check (state in ({states})) not valid")
