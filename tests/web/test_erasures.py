"""A person is erased: gone from everywhere, missing from no sum, never mailed again."""

import pytest
from sqlalchemy import select, text

from jobs.erasures import erase, sweep_erasures
from models.contact import Contact
from models.db import Base, transaction
from models.delivery import Delivery
from models.edition import Edition
from models.publication import Publication
from models.subscription import Subscription
from models.subscription_change import Change, How
from models.verifying.verification import Verification

READER = "reader.of.ada@example.com"


@pytest.fixture
def known(ada, browser):
    """A reader who was sent an edition, opened it, left with one click and wrote to us."""
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        assert edition.publish(tx) and edition.address(tx)
        tx.execute(text(
            "insert into delivery_events (delivery_id, type, key, payload, received_at, applied_at)"
            " select id, 'Open', recipient, recipient, now(), now() from deliveries where kind = 'edition'"
        ))  # fmt: skip
        tx.execute(text("update inbound_emails set sender = :reader"), {"reader": READER})
        tx.execute(text("update import_rows set key = :reader, cells = to_jsonb(array[:reader])"), {"reader": READER})
        Verification.ask(tx, ada.id, READER)
        tx.execute(
            text("update contacts set name = 'Reader', note = :reader where email = :reader"), {"reader": READER}
        )
        tx.execute(text(
            "insert into rejections (workspace_id, inbound_email_id, recipient, reason, day, created_at)"
            " select workspace_id, id, sender, 'empty', current_date, now() from inbound_emails;"
            "insert into forwardings (workspace_id, inbound_email_id, user_id, recipient, note, created_at)"
            " select workspace_id, id, :user, sender, 'What does ' || sender || ' want?', now() from inbound_emails"
        ), {"user": ada.owner.id})  # fmt: skip
        tx.scalars(select(Subscription).filter_by(contact_id=ada.contact)).one().leave(
            tx, Change(How.ONE_CLICK, READER, f"I am {READER}")
        )
    return ada


def erased(ada, browser, email=READER):
    browser.get(f"/contacts/{ada.contact}").press("Erase for good", email=email)
    sweep_erasures()
    with transaction() as tx:
        ids = list(tx.scalars(text("select id from erasures where email <> ''")))
    for number in ids:
        erase(number)


def places():
    """Every table in which the address still stands."""
    with transaction() as tx:
        return [
            name for name in Base.metadata.tables
            if tx.scalar(text(f"select count(*) from {name} t where t::text ilike '%reader.of.ada%'"))
        ]  # fmt: skip


def test_the_address_is_nowhere_and_every_sum_is_what_it_was(known, adas):
    with transaction() as tx:
        before = Delivery.ledger(tx, known.id)
    assert {"deliveries", "import_rows", "rejections", "forwardings"} <= {*places()}
    erased(known, adas)
    assert places() == []
    assert adas.get(f"/exports/{known.export}").status == 404  # it may have had the person in it
    with transaction() as tx:
        assert Delivery.ledger(tx, known.id) == before
        assert tx.get_one(Contact, known.contact).email.endswith("@erased.invalid")


def test_whoever_is_erased_is_not_mailed_when_the_address_comes_back(known, adas):
    erased(known, adas)
    with transaction() as tx:
        publication = tx.get_one(Publication, known.publication)
        publication.subscribe(tx, {READER: "", "other@example.com": ""}, consent="an old file")
        words = {"subject": "x", "html": "x", "text": "x", "publication_id": publication.id, "workspace_id": known.id}
        edition = Edition(**words)
        tx.add(edition)
        tx.flush()
        assert edition.publish(tx) and edition.address(tx)
        rows = tx.execute(select(Delivery.recipient, Delivery.state).filter_by(kind="edition", source_id=edition.id))
        assert sorted(rows) == [("other@example.com", "queued"), (READER, "suppressed")]


def test_another_address_erases_nobody(known, adas):
    erased(known, adas, "somebody@example.com")
    assert "nothing was erased" in adas.text and "contacts" in places()
