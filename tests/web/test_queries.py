"""How much of the database a page asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import event

from models.db import engine
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


def test_no_page_makes_more_than_twelve_queries(app, ada, adas):
    counts = {}
    for place in (ada, replace(ada, edition=ada.past)):
        for endpoint, method, path in pages(app, place):
            if method == "GET" and not path.startswith("/api/"):
                with counting() as asked:
                    adas.client.get(path)
                counts[endpoint, path] = len(asked)
    assert {page: count for page, count in counts.items() if count > MOST} == {}
