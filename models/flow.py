"""What may flow: which deliveries their streams let through, and what the streams hear of them.

Both cost an open stream next to nothing: one query over a table of two rows before a claim, none after it.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock, sending
from models.edition_state import GOING_OUT
from models.sending import Claimed, Outcome
from models.stream import Stream, Weather

# What counts of several answers: who says "not now" is right even if others were taken, and an account that had a
# message taken is not barred, whatever was said of another's sender.
COUNTS = (Weather.BUSY, Weather.FAIR, Weather.BARRED, Weather.UNCLEAR, Weather.NOTHING)


class Admitted(NamedTuple):
    """The deliveries that may be claimed, in the same transaction; the streams that one of them tries; and the limited
    streams that some were turned away from."""

    ids: Sequence[int]
    probed: frozenset[str] = frozenset()
    limited: frozenset[str] = frozenset()


def admit(tx: Session, ids: Sequence[int]) -> Admitted:
    """Those of `ids` that may go now. The others stay queued, and lose nothing."""
    return _chosen(tx, ids) if Stream.restricted(tx) else Admitted(ids)


def hear(
    tx: Session, claimed: Sequence[Claimed], outcomes: Sequence[Outcome], probed: Collection[str]
) -> dict[str, float]:
    """Tells the streams what came of their calls, and takes back the attempt of whoever came before a shut one.

    Returns `{stream: seconds until it is worth another look}` for those that changed.
    """
    troubled = [outcome for outcome in outcomes if outcome.weather in (Weather.BUSY, Weather.BARRED)]
    if not troubled and not probed:
        return {}
    through = {delivery.id: delivery.stream for delivery in claimed}
    concerned = sorted({through[outcome.delivery_id] for outcome in troubled} | set(probed))
    heard = {name: [o for o in outcomes if through[o.delivery_id] == name] for name in concerned}
    streams = [_told(tx, name, heard[name], name in probed) for name in concerned]
    shut = {stream.name for stream in streams if stream.is_shut}
    spared = [outcome.delivery_id for outcome in troubled if through[outcome.delivery_id] in shut]
    if spared:
        sending.spare(tx, claimed[0].batch_id, spared)
    return {stream.name: wait for stream in streams if (wait := stream.wait()) is not None}


def _chosen(tx: Session, ids: Sequence[int]) -> Admitted:
    waiting = tx.execute(_WAITING, {"ids": list(ids), "now": clock.now()}).all()
    chosen: list[int] = []
    probed, limited = set(), set()
    for name, rows in groupby(waiting, key=itemgetter(1)):
        numbers = [row.id for row in rows]
        stream = Stream.named(tx, name)
        grant = stream.grant(len(numbers))
        chosen += numbers[: grant.most]
        if grant.probes:
            probed.add(name)
        elif stream.most_per_second and grant.most < len(numbers):
            limited.add(name)
    return Admitted(chosen, frozenset(probed), frozenset(limited))


def _told(tx: Session, name: str, outcomes: Iterable[Outcome], probed: bool) -> Stream:
    reasons = {outcome.weather: outcome.reason for outcome in outcomes}
    weather = next((each for each in COUNTS if each in reasons), Weather.NOTHING)
    stream = Stream.named(tx, name)
    stream.hear(weather, reasons.get(weather, ""), probed=probed)
    return stream


# Locked, so that nobody else draws for the same ones.
_WAITING = text(f"""
    select id, stream from deliveries
    where id = any(:ids) and state = 'queued' and due_at <= :now
      and (kind <> 'edition' or source_id in ({GOING_OUT}))
    order by stream, id for update skip locked
""")  # noqa: S608  (a constant)
