"""Every change of a subscription leaves a trace and is counted; double opt-in, pauses, public pages"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

HOW = ("changed_how", "changed_by", "changed_words", "changed_ip", "source")
PUBLIC = {"slug": None, "about": "", "opt_in": "double"}


def upgrade() -> None:
    _columns()
    _tables()
    op.execute(BEGUN)
    op.execute(CHANGED)
    op.execute(GONE)
    for event, tables in EVENTS.items():
        op.execute(
            f"create trigger subscriptions_{event} after {event} on subscriptions referencing {tables} "
            f"for each statement execute function subscriptions_on_{event}()"
        )
    op.execute(KNOWN)
    op.execute(LEFT)
    op.execute(COUNTED)


def _columns() -> None:
    op.add_column("subscriptions", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    for name in HOW:
        op.add_column("subscriptions", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("subscriptions", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    paused = "paused_until is not null"
    op.create_index("ix_subscriptions_paused", "subscriptions", ["publication_id"], postgresql_where=paused)
    waiting = "state = 'unconfirmed'"
    op.create_index("ix_subscriptions_waiting", "subscriptions", ["changed_at"], postgresql_where=waiting)
    for name, default in PUBLIC.items():
        column = sa.Column(name, sa.Text(), server_default=default, nullable=default is None)
        op.add_column("publications", column)
    op.create_unique_constraint(op.f("uq_publications_slug"), "publications", ["slug"])


def _tables() -> None:
    op.create_table(
        "subscription_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("publication_id", sa.BigInteger(), nullable=False),
        sa.Column("subscription_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("before", "after", "how", "by", "words", "ip")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_subscription_changes_subscription_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_changes")),
    )
    op.create_index("ix_subscription_changes_subscription_id_id", "subscription_changes", ["subscription_id", "id"])
    op.create_index("ix_subscription_changes_publication_id_at", "subscription_changes", ["publication_id", "at"])
    op.create_table(
        "standings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("publication_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standings")),
    )
    op.create_index("ix_standings_publication_id", "standings", ["publication_id"])


# In the database, so that no statement and no older release can change a subscription without a trace.
EVENTS = {
    "insert": "new table as fresh",
    "update": "old table as stale new table as fresh",
    "delete": "old table as stale",
}
_HISTORY = """
    insert into subscription_changes (workspace_id, publication_id, subscription_id, at, before, after, how, by, words,
                                      ip)
"""
BEGUN = f"""
create function subscriptions_on_insert() returns trigger language plpgsql as $$ begin
    {_HISTORY}
    select workspace_id, publication_id, id, coalesce(changed_at, created_at), '', state, changed_how, changed_by,
           coalesce(nullif(changed_words, ''), consent), changed_ip
    from fresh order by id;
    insert into standings (publication_id, state, count)
    select publication_id, state, count(*) from fresh group by publication_id, state;
    return null;
end $$
"""  # noqa: S608  (a constant)
CHANGED = f"""
create function subscriptions_on_update() returns trigger language plpgsql as $$ begin
    {_HISTORY}
    select f.workspace_id, f.publication_id, f.id, case when told then f.changed_at else now() end,
           case when s.paused_until is null then s.state else 'paused' end,
           case when f.paused_until is null then f.state else 'paused' end,
           case when told then f.changed_how else '' end, case when told then f.changed_by else '' end,
           case when told then f.changed_words else '' end, case when told then f.changed_ip else '' end
    from stale s join fresh f on f.id = s.id
    cross join lateral (select f.changed_at is distinct from s.changed_at) as by_us(told)
    where f.state <> s.state or f.paused_until is distinct from s.paused_until
    order by f.id;
    insert into standings (publication_id, state, count)
    select publication_id, state, sum(count) from (
        select s.publication_id, s.state, -1 as count from stale s join fresh f on f.id = s.id and f.state <> s.state
        union all
        select f.publication_id, f.state, 1 from stale s join fresh f on f.id = s.id and f.state <> s.state
    ) as moved group by publication_id, state;
    return null;
end $$
"""  # noqa: S608  (a constant)
GONE = """
create function subscriptions_on_delete() returns trigger language plpgsql as $$ begin
    insert into standings (publication_id, state, count)
    select publication_id, state, -count(*) from stale group by publication_id, state;
    return null;
end $$
"""
KNOWN = f"""{_HISTORY}
    select workspace_id, publication_id, id, coalesce(consented_at, created_at), '',
           case when left_at is null then state else 'active' end, '', '', consent, ''
    from subscriptions order by id
"""  # noqa: S608  (a constant)
LEFT = f"""{_HISTORY}
    select workspace_id, publication_id, id, left_at, 'active', state, '', '', '', ''
    from subscriptions where left_at is not null order by id
"""  # noqa: S608  (a constant)
COUNTED = """
    insert into standings (publication_id, state, count)
    select publication_id, state, count(*) from subscriptions group by publication_id, state
"""


def downgrade() -> None:
    for event in EVENTS:
        op.execute(f"drop trigger subscriptions_{event} on subscriptions")
        op.execute(f"drop function subscriptions_on_{event}()")
    op.drop_table("standings")
    op.drop_table("subscription_changes")
    op.drop_constraint(op.f("uq_publications_slug"), "publications")
    for name in PUBLIC:
        op.drop_column("publications", name)
    for name in ("paused_until", "changed_at", *HOW):
        op.drop_column("subscriptions", name)
