"""Archives as a form of files; tables of people that are being made give way to them"""

from alembic import op

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.execute("delete from exports where source = 'person' and state = 'making'")
    _allow("'csv', 'xlsx', 'zip'")


def _allow(forms: str) -> None:
    name = op.f("ck_exports_form")
    op.drop_constraint(name, "exports")
    op.create_check_constraint(name, "exports", f"form in ({forms})")


def downgrade() -> None:
    op.execute("delete from exports where form = 'zip'")
    _allow("'csv', 'xlsx'")
