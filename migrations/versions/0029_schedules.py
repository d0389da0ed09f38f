"""Editions are scheduled, undone within a grace period, tried out and sent to late joiners"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

STATES = "'draft', 'addressing', 'sending', 'paused', 'sent', 'canceled'"


def upgrade() -> None:
    op.add_column("publications", sa.Column("grace", sa.Integer(), server_default="30", nullable=False))
    op.add_column("editions", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("editions", sa.Column("zone", sa.Text(), server_default="", nullable=False))
    op.add_column("editions", sa.Column("scheduled_by", sa.BigInteger(), nullable=True))
    op.add_column("editions", sa.Column("addressed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update editions set addressed_at = published_at where state not in ('draft', 'addressing')")
    op.create_foreign_key(
        op.f("fk_editions_scheduled_by"), "editions", "users", ["scheduled_by"], ["id"], ondelete="SET NULL"
    )
    op.create_index(op.f("ix_editions_scheduled_by"), "editions", ["scheduled_by"])
    waiting = sa.text("state = 'scheduled'")
    op.create_index("ix_editions_scheduled", "editions", ["due_at"], postgresql_where=waiting)
    _allow(f"{STATES}, 'scheduled'")
    _table("setbacks", sa.Column("because", sa.Text(), nullable=False))
    _table(
        "trials",
        _may_point_at("user_id"),
        _may_point_at("contact_id"),
        sa.Column("addressed", sa.Integer(), nullable=False),
    )
    _points_at("trials", "user_id", "users")
    _points_at("trials", "contact_id", "contacts")


def downgrade() -> None:
    op.drop_table("trials")
    op.drop_table("setbacks")
    op.execute("update editions set state = 'draft' where state = 'scheduled'")
    _allow(STATES)
    op.drop_index("ix_editions_scheduled", table_name="editions")
    for column in ("addressed_at", "scheduled_by", "zone", "due_at"):
        op.drop_column("editions", column)
    op.drop_column("publications", "grace")


def _allow(states: str) -> None:
    op.drop_constraint(op.f("ck_editions_state"), "editions", type_="check")
    op.create_check_constraint(op.f("ck_editions_state"), "editions", f"state in ({states})")


def _table(name: str, *columns: sa.Column) -> None:
    """What happened to an edition."""
    op.create_table(
        name,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        *columns,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.id"], name=op.f(f"fk_{name}_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{name}_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("edition_id", "workspace_id"):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _may_point_at(column: str) -> sa.Column:
    return sa.Column(column, sa.BigInteger(), nullable=True)


def _points_at(table: str, column: str, other: str) -> None:
    op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, other, [column], ["id"], ondelete="SET NULL")
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
