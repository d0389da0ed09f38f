"""A house with one of everything, and then very many contacts in it: subscribed, listed, imported, written to."""

from pathlib import Path
from typing import Any

from sqlalchemy import text

from models import clock
from models.db import engine, transaction

STATEMENTS = Path(__file__).with_suffix(".sql")


def settle_in(n: int) -> Any:
    """The house, as the tests of pages have it, with `n` contacts more."""
    from tests.web.houses import furnished

    place = furnished("Ada", "Grace")
    values = vars(place) | {"house": place.id, "n": n, "now": clock.now()}
    with transaction() as tx:
        for statement in STATEMENTS.read_text().strip().removesuffix(";").split(";\n"):
            tx.execute(text(statement), values)
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as outside:
        outside.execute(text("set statement_timeout = '10min'"))
        outside.execute(text("vacuum analyze"))  # as PostgreSQL does by itself within minutes
        outside.execute(text("reset statement_timeout"))
    return place
