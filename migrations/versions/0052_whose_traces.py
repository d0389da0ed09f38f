"""Traces say whose they are: who opened and clicked is found without reading the copies"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"

INDEX = "ix_traces_edition_id_contact_id"

# In the database, so that traces which the release before writes have it as well.
FOUND = """
create function traces_find_contact() returns trigger language plpgsql as $$ begin
    select c.id into new.contact_id
    from deliveries d join contacts c on c.workspace_id = d.workspace_id and c.email = d.recipient
    where d.id = new.delivery_id;
    return new;
end $$
"""
KNOWN = """
    update traces t set contact_id = c.id
    from deliveries d join contacts c on c.workspace_id = d.workspace_id and c.email = d.recipient
    where d.id = t.delivery_id
"""


def upgrade() -> None:
    op.add_column("traces", sa.Column("contact_id", sa.BigInteger(), nullable=True))
    op.execute(FOUND)
    op.execute(
        "create trigger traces_contact before insert on traces for each row when (new.contact_id is null) "
        "execute function traces_find_contact()"
    )
    op.execute(KNOWN)
    op.create_index(INDEX, "traces", ["edition_id", "contact_id"])
    op.drop_index("ix_traces_edition_id", table_name="traces")  # the new one finds by the edition as well


def downgrade() -> None:
    op.create_index("ix_traces_edition_id", "traces", ["edition_id"])
    op.drop_index(INDEX, table_name="traces")
    op.execute("drop trigger traces_contact on traces")
    op.execute("drop function traces_find_contact()")
    op.drop_column("traces", "contact_id")
