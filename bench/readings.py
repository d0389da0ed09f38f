"""What readers did with an edition: each open and click that the provider told of, in our rows exactly once."""

from collections import Counter
from typing import Any

from requests import RequestException
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bench.provider import Provider
from models.db import transaction

HABITS = {"open": {"rate": 0.2}, "click": {"rate": 0.1}}
FLAWS = ("unheard", "heard_twice", "untraced", "miscounted")
TYPES = {"Opened": "Open", "LinkClicked": "Click"}  # by the provider's record, and by its webhooks
Doings = Counter[tuple[int, str]]  # by delivery and type


def missing(provider: Provider) -> dict[str, int]:
    """{what is not heard of, or not understood: how many}; empty at the end."""
    try:
        summary = provider.summary()
        with transaction() as tx:
            waiting = tx.scalar(text("select count(*) from delivery_events where applied_at is null")) or 0
    except (RequestException, SQLAlchemyError):
        return {"provider or database down": 1}
    found = {"events on the road": summary["webhooks"]["pending"] + summary["undelivered"], "events waiting": waiting}
    return {name: count for name, count in found.items() if count}


def reckon(provider: Provider) -> dict[str, Any]:
    """opened, clicked: how many messages, by the provider's record. unheard: of those, how many raw events are missing.
    heard_twice: raw events beyond the first. untraced: without a trace. miscounted: sums that are not the count.
    """
    told = _told(provider)
    with transaction() as tx:
        raw = Counter({(row.delivery_id, row.type): row.times for row in tx.execute(_RAW)})
        traced = {(row.delivery_id, row.type) for row in tx.execute(_TRACED)}
        miscounted = len(tx.execute(_MISCOUNTED).all())
    kinds = Counter(kind for _, kind in told.elements())
    return {
        "opened": kinds["Open"],
        "clicked": kinds["Click"],
        "unheard": (told - raw).total(),
        "heard_twice": (raw - told).total(),
        "untraced": len(told.keys() - traced),
        "miscounted": miscounted,
    }


def _told(provider: Provider) -> Doings:
    rows = provider.record()
    happened = ((row["Metadata"]["delivery"], word) for row in rows for word in row["happened"] if word in TYPES)
    return Counter((int(number), TYPES[word]) for number, word in happened)


_RAW = text("""
    select delivery_id, type, count(*) as times from delivery_events
    where type in ('Open', 'Click') and delivery_id is not null group by 1, 2
""")
_TRACED = text("""
    select distinct delivery_id, case what when 'open' then 'Open' else 'Click' end as type from traces
""")
_MISCOUNTED = text("""
    select from (select what, by as word, count(*) from traces group by 1, 2) counted
    full join (
        select what, word, cast(sum(count) as bigint) as count from edition_tallies
        where what in ('open', 'click', 'link', 'canary') group by 1, 2 having sum(count) <> 0
    ) sums using (what, word, count)
    where counted is null or sums is null
""")
