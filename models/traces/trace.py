"""What was done with one copy of an edition: its opens, its clicks, and the clicks on each of its links.

A row is a verdict over all that was seen of it: what a person did counts, whatever machines did besides; how often each
did is beside it. It is written anew from the raw events whenever one comes, so a repeat counts once. The database finds
whose it is when the row is made (a trigger of migration 0052).
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import BigInteger, CheckConstraint, Index, Row, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base
from models.traces.judging import RANK, By, Verdict, judged
from models.traces.link import Link, written
from models.traces.sight import Sight
from models.types import Moment, Words, WorkspaceId, references

LOOKED_AT = 100  # events of a delivery, the first ones: a letter that is passed on may be opened for ever


class Trace(Base):
    __tablename__ = "traces"
    __table_args__ = (
        CheckConstraint("by in ('person', 'unsure', 'machine')", name="by"),
        CheckConstraint("what in ('open', 'click', 'link', 'canary')", name="what"),
        Index("ix_traces_edition_id_contact_id", "edition_id", "contact_id"),
    )

    delivery_id: Mapped[int] = references("deliveries.id", primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # 0 but for links
    workspace_id: Mapped[WorkspaceId]
    edition_id: Mapped[int] = mapped_column(BigInteger)
    contact_id: Mapped[int | None] = mapped_column(BigInteger)  # None when nobody has the address any more
    by: Mapped[Words]
    reason: Mapped[Words]
    client: Mapped[Words]
    country: Mapped[Words]
    people: Mapped[int]  # how often, by each
    unsure: Mapped[int]
    machines: Mapped[int]
    first_at: Mapped[Moment]  # of those that the verdict is about
    last_at: Mapped[Moment]


class Seen(NamedTuple):
    """One sight of a delivery, judged; `row` is the delivery."""

    row: Row
    what: str
    address: str
    sight: Sight
    verdict: Verdict


def take_in(tx: Session, delivery_ids: Iterable[int]) -> None:
    """Writes the traces of these deliveries of editions, which the caller has locked, from their raw events.

    What comes of letters whose newsletter does not track is not kept: Postmark may be told to track all mail.
    """
    rows = tx.execute(_EVENTS, {"ids": sorted(delivery_ids), "most": LOOKED_AT}).all()
    unwanted = [row.event_id for row in rows if not row.is_tracked]
    if unwanted:
        tx.execute(_BLANK, {"ids": unwanted})
    tracked = groupby((row for row in rows if row.is_tracked), key=lambda row: row.delivery_id)
    seen = [each for _, events in tracked for each in _judged(list(events))]
    if seen:
        tx.execute(_WRITE, {"rows": json.dumps(_rows(tx, _as_written(tx, seen)))})


def _judged(events: Sequence[Row]) -> list[Seen]:
    """All that was seen of one delivery; a click is one on its link, and one at all."""
    sights = [Sight.read(row.type, row.payload, row.received_at) for row in events]
    found = []
    for sight, verdict in zip(sights, judged(events[0].sent_at, sights), strict=True):
        what = "canary" if sight.is_canary else "click" if sight.link else "open"
        found.append(Seen(events[0], what, "", sight, verdict))
        if what == "click":
            found.append(Seen(events[0], "link", sight.link, sight, verdict))
    return found


def _as_written(tx: Session, seen: Sequence[Seen]) -> list[Seen]:
    """With the addresses as the edition has them."""
    numbers = sorted({each.row.edition_id for each in seen if each.address})
    if not numbers:
        return [*seen]
    parts = {row.id: (row.html, row.text) for row in tx.execute(_PARTS, {"ids": numbers})}
    return [
        each._replace(address=written(each.address, *parts[each.row.edition_id])) if each.address else each
        for each in seen
    ]


def _rows(tx: Session, seen: Sequence[Seen]) -> list[dict[str, object]]:
    links = _links(tx, seen)
    rows: dict[tuple[int, str, int], list[Seen]] = {}
    for each in seen:
        link = links.get((each.row.edition_id, each.address), 0) if each.what == "link" else 0
        rows.setdefault((each.row.delivery_id, each.what, link), []).append(each)
    return [_row(*key, rows[key]) for key in sorted(rows)]


def _links(tx: Session, seen: Sequence[Seen]) -> dict[tuple[int, str], int]:
    """The numbers of their links; those of an edition that has too many of them have none, and are counted as 0."""
    wanted = {(each.row.edition_id, each.address): each.row.workspace_id for each in seen if each.what == "link"}
    return Link.numbers(tx, wanted)


def _row(delivery_id: int, what: str, link_id: int, seen: Sequence[Seen]) -> dict[str, object]:
    """One trace. The best of its verdicts stands for it."""
    by = max((each.verdict.by for each in seen), key=RANK.__getitem__)
    best = sorted((each for each in seen if each.verdict.by == by), key=lambda each: each.sight.at)
    first = best[0]
    times = (sum(each.verdict.by == one for each in seen) for one in (By.PERSON, By.UNSURE, By.MACHINE))
    of = (delivery_id, what, link_id, first.row.workspace_id, first.row.edition_id)
    who = (by, first.verdict.reason, first.sight.client, first.sight.country)
    when = (first.sight.at.isoformat(), best[-1].sight.at.isoformat())
    return dict(zip(_COLUMNS, (*of, *who, *times, *when), strict=True))


_EVENTS = text("""
    select d.id as delivery_id, d.workspace_id, d.source_id as edition_id, d.sent_at,
           p.tracks and e.tracking = 'on' as is_tracked, v.id as event_id, v.type, v.payload, v.received_at
    from deliveries d join editions e on e.id = d.source_id join publications p on p.id = e.publication_id
    cross join lateral (
        select id, type, payload, received_at from delivery_events
        where delivery_id = d.id and type in ('Open', 'Click') order by id limit :most
    ) v
    where d.id = any(:ids) and d.kind = 'edition'
    order by d.id, v.id
""")

_BLANK = text("update delivery_events set payload = '{}', delivery_id = null where id = any(:ids)")

_PARTS = text("select id, html, text from editions where id = any(:ids)")

_COLUMNS = {
    "delivery_id": "bigint",
    "what": "text",
    "link_id": "bigint",
    "workspace_id": "bigint",
    "edition_id": "bigint",
    "by": "text",
    "reason": "text",
    "client": "text",
    "country": "text",
    "people": "int",
    "unsure": "int",
    "machines": "int",
    "first_at": "timestamptz",
    "last_at": "timestamptz",
}
_KEY = ("delivery_id", "what", "link_id")
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in _KEY)
_WRITE = text(f"""
    insert into traces ({_NAMES})
    select {_NAMES} from jsonb_to_recordset(cast(:rows as jsonb))
        as given({", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())})
    on conflict ({", ".join(_KEY)}) do update set {_NEW}
""")  # noqa: S608  (constants)
