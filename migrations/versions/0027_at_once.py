"""Deliveries are held against their workspace by the statement: a million of them name one, and need one look"""

from alembic import op

revision = "0027"
down_revision = "0026"

# What the foreign key did, row by row: no delivery of a workspace that does not exist, and none that survives it.
KNOWN = """
create function deliveries_have_workspaces() returns trigger language plpgsql as $$ begin
    perform from workspaces where id in (select workspace_id from fresh) order by id for key share;
    if exists (select from fresh where workspace_id not in (select id from workspaces)) then
        raise foreign_key_violation using message = 'a delivery names a workspace that does not exist';
    end if;
    return null;
end $$
"""
KEPT = """
create function deliveries_keep_workspaces() returns trigger language plpgsql as $$ begin
    raise foreign_key_violation using message = 'a delivery stays with its workspace';
end $$
"""
GONE = """
create function deliveries_go_with_workspaces() returns trigger language plpgsql as $$ begin
    delete from deliveries where workspace_id in (select id from stale);
    return null;
end $$
"""


def upgrade() -> None:
    for function in (KNOWN, KEPT, GONE):
        op.execute(function)
    op.execute(
        "create trigger deliveries_workspaces after insert on deliveries referencing new table as fresh "
        "for each statement execute function deliveries_have_workspaces()"
    )
    op.execute(
        "create trigger deliveries_stay before update of workspace_id on deliveries for each row "
        "when (old.workspace_id is distinct from new.workspace_id) execute function deliveries_keep_workspaces()"
    )
    op.execute(
        "create trigger workspaces_deliveries after delete on workspaces referencing old table as stale "
        "for each statement execute function deliveries_go_with_workspaces()"
    )
    op.drop_constraint(op.f("fk_deliveries_workspace_id"), "deliveries", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(
        op.f("fk_deliveries_workspace_id"), "deliveries", "workspaces", ["workspace_id"], ["id"], ondelete="CASCADE"
    )
    op.execute("drop trigger workspaces_deliveries on workspaces")
    for trigger in ("stay", "workspaces"):
        op.execute(f"drop trigger deliveries_{trigger} on deliveries")
    for function in ("have", "keep", "go_with"):
        op.execute(f"drop function deliveries_{function}_workspaces()")
