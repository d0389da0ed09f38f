"""People who read along and change nothing"""

from alembic import op

revision = "0041"
down_revision = "0040"

ROLES = ("owner", "admin", "editor", "member")


def upgrade() -> None:
    _allow(*ROLES, "observer")


def downgrade() -> None:
    op.execute("update memberships set role = 'member' where role = 'observer'")
    _allow(*ROLES)


def _allow(*roles: str) -> None:
    op.drop_constraint(op.f("ck_memberships_role"), "memberships", type_="check")
    op.create_check_constraint(op.f("ck_memberships_role"), "memberships", f"role in {roles}")
