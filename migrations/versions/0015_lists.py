"""Lists of contacts, what was done to them, and editions for those who are on one, or are not

A list says at once how many are on it: statements, not rows, are what the trigger counts.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

COUNT = """
create function count_list_members() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update lists l set members = l.members + n.rows, changed_at = n.at
        from (select list_id, count(*) as rows, max(added_at) as at from changed group by list_id) n
        where l.id = n.list_id;
    else
        update lists l set members = l.members - n.rows
        from (select list_id, count(*) as rows from changed group by list_id) n
        where l.id = n.list_id;
    end if;
    return null;
end $$
"""
COUNT_ADDED = """
create trigger list_members_added after insert on list_members
referencing new table as changed for each statement execute function count_list_members()
"""
COUNT_REMOVED = """
create trigger list_members_removed after delete on list_members
referencing old table as changed for each statement execute function count_list_members()
"""


def upgrade() -> None:
    _make_lists()
    _make_changes()
    _make_members()
    op.add_column("editions", sa.Column("side", sa.Text(), nullable=False, server_default=""))
    op.add_column("editions", sa.Column("list_id", sa.BigInteger(), nullable=True))
    op.add_column("editions", sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"))
    op.create_check_constraint(op.f("ck_editions_side"), "editions", "side in ('', 'on', 'off')")
    op.create_foreign_key(op.f("fk_editions_list_id"), "editions", "lists", ["list_id"], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_editions_list_id"), "editions", ["list_id"])
    op.execute("create extension if not exists pg_trgm")
    op.execute("create index ix_contacts_words on contacts using gin ((email || ' ' || name) gin_trgm_ops)")


def _make_lists() -> None:
    op.create_table(
        "lists",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_lists_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
    )
    op.create_index(op.f("ix_lists_workspace_id"), "lists", ["workspace_id"])
    op.create_index(
        op.f("uq_lists_workspace_id_name"),
        "lists",
        ["workspace_id", "name"],
        unique=True,
        postgresql_where="deleted_at is null",
    )


def _make_changes() -> None:
    op.create_table(
        "list_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("conditions", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('running', 'finished', 'canceled')", name=op.f("ck_list_changes_state")),
        *(
            sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_list_changes_{column}"), ondelete=then)
            for column, to, then in (
                ("workspace_id", "workspaces.id", "CASCADE"),
                ("list_id", "lists.id", "CASCADE"),
                ("user_id", "users.id", "SET NULL"),
                ("import_id", "imports.id", "SET NULL"),
                ("source_id", "lists.id", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_changes")),
    )
    for column in ("workspace_id", "list_id", "user_id", "import_id", "source_id"):
        op.create_index(op.f(f"ix_list_changes_{column}"), "list_changes", [column])
    op.create_index(
        op.f("uq_list_changes_list_id_running"),
        "list_changes",
        ["list_id"],
        unique=True,
        postgresql_where="state = 'running'",
    )
    op.create_index(op.f("uq_list_changes_list_id_import_id"), "list_changes", ["list_id", "import_id"], unique=True)


def _make_members() -> None:
    op.create_table(
        "list_members",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("change_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_list_members_{column}"), ondelete="CASCADE")
            for column, to in (
                ("list_id", "lists.id"),
                ("contact_id", "contacts.id"),
                ("change_id", "list_changes.id"),
            )
        ),
        sa.PrimaryKeyConstraint("list_id", "contact_id", name=op.f("pk_list_members")),
    )
    op.create_index(op.f("ix_list_members_contact_id"), "list_members", ["contact_id"])
    op.create_index(op.f("ix_list_members_change_id"), "list_members", ["change_id"])
    for statement in (COUNT, COUNT_ADDED, COUNT_REMOVED):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_contacts_words", table_name="contacts")
    op.drop_index(op.f("ix_editions_list_id"), table_name="editions")
    op.drop_constraint(op.f("ck_editions_side"), "editions")
    for column in ("left_out", "list_id", "side"):
        op.drop_column("editions", column)
    for table in ("list_members", "list_changes", "lists"):
        op.drop_table(table)
    op.execute("drop function count_list_members")
