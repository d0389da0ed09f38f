"""Sessions that are known by their browsers, zones of people, and what was done by whom"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

WORDS = ("manner", "agent", "address")


def upgrade() -> None:
    for name in WORDS:
        default = "link" if name == "manner" else ""
        op.add_column("sign_ins", sa.Column(name, sa.Text(), server_default=default, nullable=False))
    op.add_column("sign_ins", sa.Column("seen_at", sa.DateTime(timezone=True)))
    op.add_column("users", sa.Column("zone", sa.Text(), server_default="", nullable=False))
    _events()
    op.execute(_UNCHANGED)


def downgrade() -> None:
    op.drop_table("audit_events")
    op.execute("drop function audit_events_unchanged()")
    op.drop_column("users", "zone")
    for name in ("seen_at", *WORDS):
        op.drop_column("sign_ins", name)


def _events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by_key", "act", "noun")),
        sa.Column("about_id", sa.BigInteger()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "address")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_audit_events_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_events_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    for more in ([], ["user_id"], ["noun"]):
        columns = ["workspace_id", *more, "id"]
        op.create_index("_".join(["ix_audit_events", *columns]), "audit_events", columns)
    for column in ("workspace_id", "user_id"):
        op.create_index(op.f(f"ix_audit_events_{column}"), "audit_events", [column])


# What PostgreSQL itself does to keep references whole comes from a trigger, and so one level deeper.
_UNCHANGED = """
    create function audit_events_unchanged() returns trigger language plpgsql as $$
    begin
        if pg_trigger_depth() > 1 then return coalesce(new, old); end if;
        raise exception 'what was done stays written down';
    end $$;
    create trigger audit_events_unchanged before update or delete on audit_events
    for each row execute function audit_events_unchanged();
"""
