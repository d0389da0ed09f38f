"""Subscribers and contacts of an import are taken back, except those who are counted on since."""

import pytest
from sqlalchemy import select

from models.contact import Contact
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.edition import Edition
from models.imports.file import Existing
from models.subscription import Subscription
from tests.models.imports.undone import snapshot, states, undo
from tests.models.imports.work import rows, run, subscribers, uploaded

READERS = """Email,First,Tags,City
grace@example.com,Grace,"navy; cobol",New York
hedy@example.com,Hedy,,Vienna
mary@example.com,Mary,,
"""
TAKEN = ["email", "name", "tags", "attribute"]


def test_subscribers_go_and_what_was_known_of_them_is_as_before(workspace, letters, clock):
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", name="G.", attributes={"City": "Rome"}))
        tx.add(Contact(workspace_id=workspace, email="hedy@example.com", name="Hedy", attributes={"Shoe": "38"}))
    before = snapshot()
    number = subscribers(workspace, letters, READERS, TAKEN, existing=Existing.OVERWRITE)
    run(number)
    assert states(number) == ["created"] * 3
    undo(number, chunk=2)
    assert (snapshot(), states(number)) == (before, ["undone"] * 3)


def test_subscribers_stay_who_have_got_an_edition_or_left_or_are_known_better(workspace, letters):
    number = subscribers(workspace, letters, READERS, TAKEN)
    run(number)
    with transaction() as tx:
        edition = Edition(workspace_id=workspace, publication_id=letters, subject="One", html="", text="")
        tx.add(edition)
        tx.flush()
        grace = Addressee(workspace, edition.id, "grace@example.com")
        tx.get_one(Delivery, Delivery.address(tx, "edition", [grace])[0]).state = "delivered"
        tx.scalar(select(Subscription).join(Contact).where(Contact.email == "hedy@example.com")).leave(tx)
        tx.scalar(select(Contact).filter_by(email="mary@example.com")).note = "met in Turin"
    undo(number)
    assert [(row.state, row.reason) for row in rows(number)] == [
        ("kept", "has been sent an edition since"),
        ("kept", "unsubscribed since"),
        ("kept", "changed since: note"),
    ]
    with transaction() as tx:
        assert sorted(tx.scalars(select(Subscription.state))) == ["active", "unsubscribed"]
        assert len(tx.scalars(select(Contact)).all()) == 3


@pytest.mark.parametrize(("existing", "tags"), [("skip", ["vip"]), ("fill", ["vip"]), ("overwrite", ["navy", "vip"])])
@pytest.mark.parametrize("column", ["tags", "attribute"])
def test_tags_are_added_to_those_that_there_are_and_taken_back(workspace, existing, tags, column):
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", tags=["vip"]))
    people = "mail,tags\ngrace@example.com,navy; vip\nnew@example.com,b|a\n"
    number = uploaded(workspace, people, kind="contacts", mapping=["email", column], existing=existing, options={})
    run(number)
    with transaction() as tx:
        assert list(tx.scalars(select(Contact.tags).order_by(Contact.email))) == [tags, ["a", "b"]]
    undo(number)
    with transaction() as tx:
        assert list(tx.scalars(select(Contact.tags))) == [["vip"]]


def test_contacts_go_or_are_as_before_unless_touched(workspace, letters, clock):
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        tx.add(Contact(workspace_id=workspace, email="grace@example.com", name="G."))
    before = snapshot()
    number = uploaded(workspace, READERS, kind="contacts", mapping=TAKEN, existing=Existing.OVERWRITE)
    run(number)
    undo(number)
    assert (snapshot(), states(number)) == (before, ["undone"] * 3)
    number = uploaded(workspace, READERS, kind="contacts", mapping=TAKEN, existing=Existing.OVERWRITE)
    run(number)
    with transaction() as tx:
        tx.scalar(select(Contact).filter_by(email="grace@example.com")).name = "Amazing Grace"
        hedy, mary = tx.scalars(select(Contact).where(Contact.email > "h").order_by(Contact.email))
        hedy.attributes = {**hedy.attributes, "City": "Hollywood"}
        Subscription.begin(tx, letters, mary, consent="asked us")
    undo(number)
    assert [(row.state, row.reason) for row in rows(number)] == [
        ("kept", "changed since: name"),
        ("kept", "changed since: City"),
        ("kept", "somebody counts on the contact: it subscribes, or is on a list"),
    ]
    with transaction() as tx:
        assert tx.scalar(select(Contact.attributes).filter_by(email="grace@example.com")) == {}
