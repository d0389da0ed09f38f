"""What readers did with editions, and machines; copies and subscribers counted as they change"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("editions", sa.Column("tracking", sa.Text(), server_default="", nullable=False))
    op.add_column("editions", sa.Column("erasing_since", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint("tracking", "editions", "tracking in ('', 'on', 'erasing', 'erased')")
    erasing = sa.text("tracking = 'erasing'")
    op.create_index("ix_editions_erasing", "editions", ["id"], postgresql_where=erasing)
    _links()
    _traces()
    _tallies()
    _growths()
    for table, events in TRIGGERS.items():
        for event, (tables, counted) in events.items():
            op.execute(
                f"create function {table}_on_{event}() returns trigger language plpgsql as "
                f"$$ begin {counted}; return null; end $$"
            )
            op.execute(
                f"create trigger {table}_{event} after {event} on {table} referencing {tables} "
                f"for each statement execute function {table}_on_{event}()"
            )
    for counted in (COPIES, JOINED):
        op.execute(counted)


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        _cascade("links", "edition_id", "editions"),
        _cascade("links", "workspace_id", "workspaces"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("edition_id", "address", name=op.f("uq_links_edition_id")),
    )
    op.create_index(op.f("ix_links_workspace_id"), "links", ["workspace_id"])


def _traces() -> None:
    op.create_table(
        "traces",
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("delivery_id", "link_id")),
        sa.Column("what", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("workspace_id", "edition_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "reason", "client", "country")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("people", "unsure", "machines")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("first_at", "last_at")),
        sa.CheckConstraint("by in ('person', 'unsure', 'machine')", name=op.f("ck_traces_by")),
        sa.CheckConstraint("what in ('open', 'click', 'link', 'canary')", name=op.f("ck_traces_what")),
        _cascade("traces", "delivery_id", "deliveries"),
        _cascade("traces", "workspace_id", "workspaces"),
        sa.PrimaryKeyConstraint("delivery_id", "what", "link_id", name=op.f("pk_traces")),
    )
    op.create_index("ix_traces_edition_id", "traces", ["edition_id"])
    op.create_index(op.f("ix_traces_workspace_id"), "traces", ["workspace_id"])


def _tallies() -> None:
    op.create_table(
        "edition_tallies",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_tallies")),
    )
    op.create_index("ix_edition_tallies_edition_id", "edition_tallies", ["edition_id"])
    fresh = sa.text("at is not null")
    op.create_index("ix_edition_tallies_fresh", "edition_tallies", ["edition_id"], postgresql_where=fresh)


def _growths() -> None:
    op.create_table(
        "growths",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("publication_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("joined", "gone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_growths")),
    )
    op.create_index("ix_growths_publication_id_day", "growths", ["publication_id", "day"])
    left = sa.text("after = 'unsubscribed'")
    op.create_index(
        "ix_subscription_changes_left", "subscription_changes", ["publication_id", "at"], postgresql_where=left
    )


def _cascade(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


# In the database, so that no statement and no older release can change a copy or a trace without its being counted.
_INTO = "insert into edition_tallies (edition_id, what, word, link_id, hour, at, count)"
_FIRST_DAYS = "case when {at} < e.published_at + interval '72 hours' then date_trunc('hour', {at}, 'UTC') end"


def _copies(moves: str, more: str = "") -> str:
    hour = f"case when m.word = 'delivered' then {_FIRST_DAYS.format(at='m.settled_at')} end"
    return f"""{_INTO}
        select m.source_id, 'copy', m.word, 0, {hour}, now(), sum(m.moved) from ({moves}) m
        left join editions e on e.id = m.source_id
        group by m.source_id, m.word, 5 having sum(m.moved) <> 0 {more}"""  # noqa: S608  (constants)


_MOVED = "from stale s join fresh f on f.id = s.id and f.state <> s.state where f.kind = 'edition'"
_HANDED_OVER = """
        union all
        select f.source_id, 'sent', '', 0, null, max(f.sent_at), count(*) from stale s join fresh f on f.id = s.id
        where f.kind = 'edition' and f.sent_at is not null and f.sent_at is distinct from s.sent_at
        group by f.source_id"""


def _counted(table: str, sign: int, where: str = "true") -> str:
    """The traces of a table as rows of tallies: each by itself, and people's opens by program and by country."""
    hour = f"case when t.what in ('open', 'click') then {_FIRST_DAYS.format(at='t.first_at')} end"
    people = f"select t.edition_id, '{{0}}', t.{{0}}, 0, null, {sign} from {table} t left join editions e on e.id = t.edition_id where t.what = 'open' and t.by = 'person' and t.{{0}} <> '' and {where}"  # noqa: E501, S608
    return f"""
        select t.edition_id, t.what, t.by as word, t.link_id, {hour} as hour, {sign} as moved
        from {table} t left join editions e on e.id = t.edition_id where {where}
        union all {people.format("client")} union all {people.format("country")}"""  # noqa: S608  (constants)


def _traced(*counted: str) -> str:
    return f"""{_INTO}
        select edition_id, what, word, link_id, hour, now(), sum(moved) from ({" union all ".join(counted)}) as m
        group by edition_id, what, word, link_id, hour having sum(moved) <> 0"""  # noqa: S608  (constants)


_GROWTH = """
    insert into growths (publication_id, day, joined, gone)
    select publication_id, cast(at at time zone 'UTC' as date),
           count(*) filter (where after in ('active', 'paused')), count(*) filter (where before in ('active', 'paused'))
    from {table} where (before in ('active', 'paused')) <> (after in ('active', 'paused')) group by 1, 2
"""
_BOTH = "old table as stale new table as fresh"
TRIGGERS = {
    "deliveries": {
        "insert": (
            "new table as fresh",
            _copies("select source_id, state as word, settled_at, 1 as moved from fresh where kind = 'edition'"),
        ),
        "update": (
            _BOTH,
            _copies(
                f"select s.source_id, s.state as word, s.settled_at, -1 as moved {_MOVED} union all "
                f"select f.source_id, f.state, f.settled_at, 1 {_MOVED}",
                _HANDED_OVER,
            ),
        ),
        "delete": (
            "old table as stale",
            _copies("select source_id, state as word, settled_at, -1 as moved from stale where kind = 'edition'"),
        ),
    },
    "traces": {
        "insert": ("new table as fresh", _traced(_counted("fresh", 1))),
        "update": (_BOTH, _traced(_counted("stale", -1), _counted("fresh", 1))),
        # What is erased for people's privacy has been counted all the same.
        "delete": ("old table as stale", _traced(_counted("stale", -1, "e.tracking = 'on'"))),
    },
    "subscription_changes": {"insert": ("new table as fresh", _GROWTH.format(table="fresh"))},
}
COPIES = _copies("select source_id, state as word, settled_at, 1 as moved from deliveries where kind = 'edition'")
JOINED = _GROWTH.format(table="subscription_changes")


def downgrade() -> None:
    for table, events in TRIGGERS.items():
        for event in events:
            op.execute(f"drop trigger {table}_{event} on {table}")
            op.execute(f"drop function {table}_on_{event}()")
    op.drop_index("ix_subscription_changes_left", table_name="subscription_changes")
    for table in ("growths", "edition_tallies", "traces", "links"):
        op.drop_table(table)
    op.drop_index("ix_editions_erasing", table_name="editions")
    op.drop_constraint(op.f("ck_editions_tracking"), "editions")
    op.drop_column("editions", "erasing_since")
    op.drop_column("editions", "tracking")
