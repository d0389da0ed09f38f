"""An import is undone while workers die: each of its rows goes back or stays, once, and everything else is as before.

A third of its people are here before it, some in other hours, some without a name, some in no team. When it has ended,
a few people change something; that stays, and who did it.
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import time as hour
from typing import Any, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from bench import measure
from bench.command import Report
from bench.roster import Roster
from bench.stage import Stage, say, until
from bench.ticking import awaited, ticking
from bench.troubles import KillWorkerAtWork, Trouble
from models.db import Base, transaction
from models.imports.row import ImportRow, State
from models.membership import Membership
from models.team_member import TeamMember

N = 10_000
WORKERS = 4  # one dies every second: so each lives long enough to be killed at work
PATIENCE = 240.0
TOUCHED_EVERY = 40  # rows
MOVING = {  # what an import keeps of itself, what is mailed, and what time brings
    *("imports", "import_rows", "import_pieces", "import_tallies", "sign_ins"),
    *("deliveries", "delivery_events", "standings", "growths", "prompts", "digests"),
    *("samples", "checks", "audit_events"),  # of this installation itself, and of who did what
}
WRONG = ("rows_lost", "rows_wrong", "tally_wrong", "database_wrong")
House = dict[str, dict[str, Any]]  # `{table: {key: row}}`


class Touched(NamedTuple):
    """What people did something to: rows of the import, and ids by table."""

    rows: set[int]
    ids: Mapping[str, set[str]]


def run(system: Stage, options: argparse.Namespace) -> Report:
    system.start("web")
    system.start("scheduler")
    system.start_workers(WORKERS)
    n = options.n or N
    _settle_in(system, n // 3)
    before = _house()
    roster = Roster(system, n, existing="overwrite")
    roster.take(PATIENCE)
    until(lambda: not roster.on_their_way(), "the last invitation", PATIENCE)
    touched = _touch(roster.number)
    since = _house()
    trouble = KillWorkerAtWork(system, options.seed, threading.Event(), 1.0)
    began = time.time()
    settled = _undo(roster, trouble, options.seconds)
    seconds = time.time() - began
    wrong = {"database_wrong": _differences(_expected(before, since, touched))}
    found = _receipts(roster, touched) | wrong | {"kills": trouble.strikes}
    return {"name": options.name, "n": n, "seed": options.seed} | _report(system, found, seconds, settled)


def _undo(roster: Roster, trouble: Trouble, seconds: float) -> bool:
    """Workers die for `seconds` at most; whether it came to its end."""
    with ticking():
        with trouble.going_on():
            roster.undo()
            awaited(lambda: _open(roster), seconds)
        return awaited(lambda: _open(roster), PATIENCE)


def _report(system: Stage, found: Report, seconds: float, settled: bool) -> Report:
    usage = system.usage.as_json()
    return {
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(found["rows"], seconds),
        **found,
        "clean": settled and not any(found[what] for what in WRONG),
        "peak_rss_mb": usage["worker"]["peak_rss_mb"],
        "processes": usage,
    }


def _settle_in(system: Stage, n: int) -> None:
    """People who are here already, not all of them as the file is going to say."""
    first = Roster(system, n)
    first.take(PATIENCE)
    until(lambda: not first.on_their_way(), "the first invitations", PATIENCE)
    with transaction() as tx:
        for statement in _APART:
            tx.execute(text(statement))


def _touch(import_id: int) -> Touched:
    """Of those who came, half change their hours and half pause; who was there before changes their hours."""
    wanted = select(ImportRow, TeamMember).join(TeamMember, TeamMember.id == ImportRow.subject_id)
    wanted = wanted.where(ImportRow.import_id == import_id, ImportRow.state.in_(State.has_done()))
    with transaction() as tx:
        done = tx.execute(wanted.where(ImportRow.number % TOUCHED_EVERY == 0)).all()
        for row, seat in done:
            _change(row, seat)
        came = [seat for row, seat in done if row.state == State.CREATED]
        users = {seat.user_id for seat in came}
        belonging = {*tx.scalars(select(Membership.id).where(Membership.user_id.in_(users)))}
    rows = {row.id for row, _ in done if row.state == State.CREATED or "asked at" in row.changes}
    ids = {"team_members": {seat.id for _, seat in done}, "teams": {seat.team_id for seat in came}}
    ids |= {"users": users, "memberships": belonging}
    return Touched(rows, {table: set(map(str, found)) for table, found in ids.items()})


def _change(row: ImportRow, seat: TeamMember) -> None:
    if row.state == State.CREATED and row.number % (2 * TOUCHED_EVERY) == 0:
        seat.pause()
    else:
        seat.keep_hours(zone=seat.zone, reminder_hour=hour(3, 33), digest_hour=seat.digest_hour)


def _open(roster: Roster) -> int:
    try:
        return roster.pending()
    except SQLAlchemyError:
        return -1


def _receipts(roster: Roster, touched: Touched) -> dict[str, Any]:
    """rows_lost: neither gone back nor kept. rows_wrong: kept for nothing that people did, or gone back in spite of it.

    tally_wrong: by how much the counts of its page differ from its rows.
    """
    about = (ImportRow.id, ImportRow.state, ImportRow.reason)
    with transaction() as tx:
        rows = tx.execute(select(*about).where(ImportRow.import_id == roster.number)).all()
    states = Counter(row.state for row in rows)
    counted = Counter(roster.progress().states)
    kept = {row.id for row in rows if row.state == State.KEPT}
    shared = {row.id for row in rows if row.id in kept and row.reason.startswith("the team “")}
    return {
        "rows": states[State.UNDONE] + states[State.KEPT],
        "outcomes": dict(states),
        "rows_lost": sum(states[state] for state in State.has_done()),
        "rows_wrong": len(touched.rows - kept) + len(kept - touched.rows - shared),
        "tally_wrong": sum(((states - counted) + (counted - states)).values()),
    }


def _house() -> House:
    """Every row that is to be as it was, without what is planned from the time of day."""
    with transaction() as tx:
        return {
            table: {str(row.get("id", row)): row for row in tx.scalars(text(_ROWS.format(table)))}
            for table in Base.metadata.tables
            if table not in MOVING
        }


def _expected(before: House, since: House, touched: Touched) -> House:
    """As it was before, but for what people touched: that is as they left it."""
    theirs = {table: {key: since[table][key] for key in keys} for table, keys in touched.ids.items()}
    return {table: rows | theirs.get(table, {}) for table, rows in before.items()}


def _differences(expected: House) -> int:
    """In how many rows the database is another."""
    found, wrong = _house(), 0
    for table, rows in expected.items():
        keys = [key for key in rows.keys() | found[table].keys() if rows.get(key) != found[table].get(key)]
        wrong += len(keys)
        for key in keys[:5]:
            say(f"  {table}: {found[table].get(key)} is not {rows.get(key)}")
    return wrong


_ROWS = "select to_jsonb(t) - 'next_reminder_at' - 'next_digest_at' from {} t"
_APART = (
    "update team_members set reminder_hour = '12:30' where id % 2 = 0",
    "update users set name = '' where id % 3 = 0 and email like 'person%'",
    "delete from team_members where id % 5 = 0",
)
