"""People who had everything about them erased, known by a salted hash alone"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

# In the database, so that whichever way an erased address comes back, nothing is sent there.
KNOW_AGAIN = """
create function contacts_on_insert() returns trigger language plpgsql as $$ begin
    insert into suppressions (workspace_id, email, stream, reason, origin, created_at)
    select f.workspace_id, f.email, e.stream, 'erased', 'Recipient', f.created_at
    from fresh f join erasures e on e.workspace_id = f.workspace_id
     and e.hash = encode(sha256(convert_to((select salt from erasures where workspace_id = f.workspace_id limit 1)
                                           || f.email, 'UTF8')), 'hex')
    on conflict (workspace_id, email, stream) do nothing;
    return null;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("stream", "salt", "hash", "email", "alias", "by")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_erasures_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("workspace_id", "hash", "stream", name=op.f("uq_erasures_workspace_id_hash_stream")),
    )
    op.create_index("ix_erasures_open", "erasures", ["id"], postgresql_where="email <> ''")
    op.execute(KNOW_AGAIN)
    op.execute(
        "create trigger contacts_insert after insert on contacts referencing new table as fresh "
        "for each statement execute function contacts_on_insert()"
    )


def downgrade() -> None:
    op.execute("drop trigger contacts_insert on contacts")
    op.execute("drop function contacts_on_insert()")
    op.drop_table("erasures")
