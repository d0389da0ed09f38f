"""A newsletter that PostgreSQL's statistics do not know yet: they say that nobody subscribes to it."""

import pytest
from sqlalchemy import text

from emails.edition import copies
from models import clock
from models.db import transaction
from models.edition import Edition
from models.imports.file import Existing, Import
from models.imports.kinds import KINDS
from models.publication import Publication
from models.sending import Claimed
from tests import people

SIZE, CHUNK = 3_000, 20


@pytest.fixture
def newer():
    """An edition of the newer of two newsletters, whose subscribers came after the last look at the tables."""
    with transaction() as tx:
        place = people.workspace(tx)
        old, new = (Publication(workspace=place, name=name) for name in ("Old", "New"))
        tx.add_all([old, new])
        tx.flush()
        readers = {address(number): "" for number in range(SIZE)}
        old.subscribe(tx, readers, consent="on paper")
        tx.execute(text("analyze"))
        new.subscribe(tx, readers, consent="on paper")
        edition = Edition(workspace_id=place.id, publication=new, subject="x", html="x", text="x")
        tx.add(edition)
        tx.flush()
        return edition


def test_the_readers_of_a_few_copies_are_found_without_reading_all_subscriptions(newer):
    now = clock.now()
    rest = ("broadcast", 1, now, now, "batch", now)
    claimed = [Claimed(n, newer.workspace_id, "edition", newer.id, address(n), *rest) for n in range(CHUNK)]
    with transaction() as tx:
        before = subscriptions_read(tx)
        assert len(copies(tx, claimed)) == CHUNK
        assert subscriptions_read(tx) - before < 10 * CHUNK


def test_a_few_rows_of_an_import_are_looked_up_without_reading_all_subscriptions(newer):
    options = {"publication": newer.publication_id, "consent": "on paper"}
    imported = Import(workspace_id=newer.workspace_id, options=options, existing=Existing.SKIP)
    subscribers = KINDS["subscribers"]
    with transaction() as tx:
        rows = {n: subscribers.read({"email": address(n)}, imported) for n in range(CHUNK)}
        before = subscriptions_read(tx)
        decided = subscribers.decide(tx, imported, rows)
        assert {each.reason for each in decided.values()} == {"subscribes already"}
        assert subscriptions_read(tx) - before < 10 * CHUNK


def address(number):
    return f"r{number}@example.com"


def subscriptions_read(tx):
    """How many of their rows this connection has looked at."""
    read = "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'subscriptions'"
    return tx.scalar(text(read))
