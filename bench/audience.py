"""Counting a segment of three conditions over N subscribers, and freezing it as an edition's audience."""

import argparse
import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import text

from bench.command import Report
from bench.stage import Stage, say
from models.db import engine, transaction
from models.edition import Edition
from models.segments import pinning
from models.segments.people import People
from models.segments.written import written

N = 1_000_000
SEGMENTS = {
    "attribute, tag and date": 'plan = "pro" and tag = "vip" and joined since 2025-07-01',
    "attribute, tag and engagement": 'plan = "pro" and tag = "vip" and not opened edition 1',
    "attribute or tag, and number": '(plan = "free" or tag = "vip") and seats >= 50',
    "everybody": "everybody",
}


def run(system: Stage, options: argparse.Namespace) -> Report:
    n = options.n or N
    say(f"{n} subscribers of whom half pay, two in five are tagged, and one in three opened the last edition")
    _settle_in(n, system.variables["BASE_URL"])
    return {"bench": "audience", "n": n} | {name: _asked(name, query, n) for name, query in SEGMENTS.items()}


def _asked(name: str, query: str, n: int) -> Report:
    """Seconds of the second of two counts, and of the only freeze, with all that commits it."""
    _count(query)
    count, counting = _timed(lambda: _count(query))
    edition = _draft(query)
    rows, freezing = _timed(lambda: _freeze(edition))
    say(f"{name}: {count} of {n} counted in {counting:.2f} s, {rows} frozen in {freezing:.2f} s")
    return {
        "query": query,
        "matching": count,
        "share": round(count / n, 3),
        "count_seconds": round(counting, 3),
        "freeze_seconds": round(freezing, 3),
        "rows": rows,
        "together_seconds": round(counting + freezing, 3),
    }


def _count(query: str) -> int:
    with transaction() as tx:
        return People.who(tx, 1, pinning.read(tx, 1, query)).count(tx)


def _draft(query: str) -> int:
    with transaction() as tx:
        meant = written(pinning.read(tx, 1, query))
        words = {"subject": "Note G", "html": "x", "text": "x"}
        edition = Edition(workspace_id=1, publication_id=1, meant_for=meant, **words)
        tx.add(edition)
        tx.flush()
        edition.publish(tx)
        return edition.id


def _freeze(edition_id: int) -> int:
    with transaction() as tx:
        edition = tx.get_one(Edition, edition_id)
        edition.address(tx)
        return edition.audience


def _timed(act: Callable[[], int]) -> tuple[int, float]:
    began = time.perf_counter()
    found = act()
    return found, time.perf_counter() - began


def _settle_in(n: int, base_url: str) -> None:
    with transaction() as tx:
        for statement in _STATEMENTS:
            tx.execute(text(statement), {"n": n, "base_url": base_url, "now": datetime.now(UTC)})
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as outside:
        outside.execute(text("set statement_timeout = '10min'"))
        outside.execute(text("vacuum analyze"))  # as PostgreSQL does by itself within minutes, beside what we measure
        outside.execute(text("reset statement_timeout"))


_STATEMENTS = (
    "set local statement_timeout = '10min'",
    "insert into workspaces (name, base_url, created_at) values ('Readers', :base_url, :now)",
    """insert into publications (workspace_id, name, tracks, paused_because, created_at)
       values (1, 'Notes', true, '', :now)""",
    """insert into editions (workspace_id, publication_id, subject, html, text, state, side, audience, left_out,
                            published_at, created_at)
       values (1, 1, 'Note F', 'x', 'x', 'sent', '', :n, 0, :now, :now)""",
    """insert into contacts (id, workspace_id, email, name, locale, zone, attributes, tags, created_at)
       select i, 1, 'reader' || i || '@readers.example', 'Reader ' || i, 'en', 'UTC',
              jsonb_build_object('plan', case when i % 2 = 0 then 'pro' else 'free' end, 'seats', i % 100,
                                 'city', 'City ' || i % 500),
              case when i * 7 % 10 < 4 then array['vip', 'early'] else array['reader'] end,
              timestamptz '2026-07-01' - make_interval(days => i * 11 % 730)
       from generate_series(1, :n) i""",
    """insert into subscriptions (workspace_id, publication_id, contact_id, state, consent, created_at)
       select 1, 1, i, 'active', 'made for a benchmark', :now from generate_series(1, :n) i""",
    """insert into deliveries (id, workspace_id, kind, source_id, recipient, stream, state, reason, attempts, due_at,
                              sent_at, created_at) overriding system value
       select i, 1, 'edition', 1, 'reader' || i || '@readers.example', 'broadcast', 'delivered', '', 1, :now, :now, :now
       from generate_series(1, :n) i""",
    "select setval(pg_get_serial_sequence('deliveries', 'id'), :n)",
    """insert into traces (delivery_id, what, link_id, workspace_id, edition_id, contact_id, by, reason, client,
                           country, people, unsure, machines, first_at, last_at)
       select i, 'open', 0, 1, 1, i, 'person', '', '', '', 1, 0, 0, :now, :now
       from generate_series(1, :n) i where i % 3 = 0""",
)
