"""An import is undone, as the worker does it, and all that the database holds before and after."""

from sqlalchemy import select, text

from jobs import imports as jobs
from jobs import undoing as undo_jobs
from models.db import Base, transaction
from models.imports import undoing
from models.imports.file import Import
from tests.models.imports.work import rows

OWN = ("imports", "import_rows", "import_pieces", "import_tallies", "deliveries", "standings", "growths")
PEOPLE = """name,mail,team,reminder,role
Grace,grace@example.com,Engine,17:30,editor
Grace,grace@example.com,Radio,,
Katherine,katherine@example.com,Orbit,,
Dorothy,dorothy@example.com,Radio,8:00,
Nobody,not an address,Radio,,
"""


def undo(number, chunk=100):
    """As the worker does it, in chunks of that many."""
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
        ids = undoing.waiting(tx, number, 0, 10_000)
    for start in range(0, len(ids), chunk):
        assert set(undo_jobs.undo_row.together(ids[start : start + chunk])) == {None}
    jobs.sweep_imports()


def snapshot():
    """Every row of every table, but those of the import itself and of mail that has been sent."""
    with transaction() as tx:
        tables = [table for name, table in Base.metadata.tables.items() if name not in OWN]
        return {
            table.name: [dict(row._mapping) for row in tx.execute(select(table).order_by(text("1")))]
            for table in tables
        }


def states(number):
    return [row.state for row in rows(number)]
