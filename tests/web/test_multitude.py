"""The house that the benchmark of pages opens: its rows fit the tables of today."""

from sqlalchemy import text

from bench import multitude
from models.db import transaction


def test_so_many_contacts_more_subscribe_are_listed_and_got_an_edition():
    place = multitude.settle_in(20)
    with transaction() as tx:
        readers = "{} x join contacts c on c.id = x.contact_id where c.email like 'reader%@readers.example'"
        for found in (
            "contacts where email like 'reader%@readers.example'",
            readers.format("subscriptions"),
            readers.format("list_members"),
            f"deliveries where kind = 'edition' and source_id = {place.past} and recipient like 'reader%'",
            f"import_rows where import_id = {place.imported} and key like 'reader%'",
        ):
            assert tx.scalar(text(f"select count(*) from {found}")) == 20, found
