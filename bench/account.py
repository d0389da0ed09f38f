"""The account of a send: who should have got it, and who did, by the provider's own record."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import text

from bench.provider import Provider
from bench.stage import say
from models.db import transaction

REFUSED = ("failed", "suppressed", "canceled")  # states in which a message need not have gone out
SHOWN = 5


def ledger(kind: str) -> dict[str, int]:
    """{state: how many deliveries of this kind}"""
    with transaction() as tx:
        rows = tx.execute(text("select state, count(*) from deliveries where kind = :kind group by 1"), {"kind": kind})
        return {row[0]: row[1] for row in rows}


def shown(kind: str) -> dict[str, int]:
    """The same by the sums that pages show, where there are such."""
    if kind != "edition":
        return ledger(kind)
    sums = "select word, sum(count) from edition_tallies where what = 'copy' group by 1 having sum(count) <> 0"
    with transaction() as tx:
        return {row[0]: int(row[1]) for row in tx.execute(text(sums))}


def reckon(provider: Provider, audience: Collection[str], kind: str) -> dict[str, Any]:
    """lost: of the audience, neither in the record nor refused with a reason. duplicates: accepted again for one
    delivery. strays: accepted for nobody in the audience, or for somebody who has another delivery already.
    unknown: still so. balanced: whether the audience is the sum over the states, and pages show just those.
    """
    record = provider.record()
    states = ledger(kind)
    deliveries = Counter(row["Metadata"].get("delivery") for row in record)
    people = Counter(row["To"] for row in record)
    duplicates = len(record) - len(deliveries)
    lost = set(audience) - set(people) - _refused(kind)
    _show(record, deliveries, lost)
    return {
        "accepted": len(record),
        "lost": len(lost),
        "duplicates": duplicates,
        "strays": len(deliveries) - len(set(people) & set(audience)),
        "unknown": states.get("unknown", 0),
        "ledger": dict(sorted(states.items())),
        "balanced": sum(states.values()) == len(audience) and shown(kind) == states,
    }


def _refused(kind: str) -> set[str]:
    select = text("select recipient from deliveries where kind = :kind and state = any(:states)")
    with transaction() as tx:
        return set(tx.scalars(select, {"kind": kind, "states": list(REFUSED)}))


def _show(record: list[dict[str, Any]], deliveries: Counter[str], lost: Collection[str]) -> None:
    """What went wrong in detail, since that is what a benchmark or a drill is for."""
    for person in sorted(lost)[:SHOWN]:
        say(f"lost: {person}")
    twice = {number for number, count in deliveries.items() if count > 1}
    for row in [row for row in record if row["Metadata"].get("delivery") in twice][: 2 * SHOWN]:
        say(f"accepted more than once: {row['Metadata']} at {row['accepted_at']:.3f}")
