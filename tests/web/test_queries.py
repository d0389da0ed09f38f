"""How much of the database a page asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import event

from models import clock, local_time
from models.db import engine, transaction
from models.prompt import Prompt
from models.workspace import Workspace
from tests import people
from tests.web.routes import pages

MOST = 12


@contextmanager
def counting() -> Iterator[list[str]]:
    """What PostgreSQL is asked meanwhile."""
    asked: list[str] = []

    def note(connection, cursor, statement, *_):
        asked.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine(), "before_cursor_execute", note)


def seated_elsewhere(place):
    """Ada and Grace in more teams, each with something said today and something open."""
    with transaction() as tx:
        workspace, now = tx.get_one(Workspace, place.id), clock.now()
        for name in ("Relays", "Looms", "Tides", "Tables"):
            team = people.team(tx, workspace, name)
            for seat in (people.seat(tx, team, "Ada"), people.seat(tx, team, "Grace", zone="Asia/Tokyo")):
                today = local_time.local_day(now, seat.zone)
                for day in (today, today - timedelta(days=1)):
                    Prompt.on(tx, seat, day).answer(tx, [("done", "Sums"), ("goal", f"More of {name}")])


def test_no_page_makes_more_than_twelve_queries(app, ada, adas):
    seated_elsewhere(ada)
    counts = {}
    for place in (ada, replace(ada, edition=ada.past)):
        for endpoint, method, path in pages(app, place):
            if method == "GET" and not path.startswith("/api/"):
                with counting() as asked:
                    adas.client.get(path)
                counts[endpoint, path] = len(asked)
    assert {page: count for page, count in counts.items() if count > MOST} == {}
