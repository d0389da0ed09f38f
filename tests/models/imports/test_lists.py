"""Rows whose people come onto a list: a list of addresses, and contacts or subscribers who are to be on one too."""

import pytest
from sqlalchemy import select

from models.contact import Contact
from models.db import transaction
from models.imports.file import Import
from models.imports.kinds import KINDS
from models.lists.change import ListChange
from models.lists.list import List
from models.lists.member import ListMember
from models.publication import Publication
from models.subscription import Subscription
from tests.models.imports.undone import undo
from tests.models.imports.work import outcomes, rows, run, uploaded

ROWS = "Email,Name,City\ngrace@example.com,Grace,New York\nhedy@example.com,Hedy,Vienna\nnobody,,\nHEDY@example.com,,\n"
MAPPING = ["email", "name", "attribute"]


def imported(workspace, content=ROWS, kind="list", name="Fair", mapping=MAPPING, **said):
    options = {"list": name, **said.pop("options", {})}
    number = uploaded(workspace, content, kind=kind, mapping=mapping, options=options, **said)
    expected = [(row.number, row.forecast, row.reason) for row in rows(number)]
    run(number)
    assert outcomes(number) == expected
    return number


def members(workspace, name="Fair"):
    with transaction() as tx:
        found = List.named(tx, workspace, name)
        emails = select(Contact.email).join(ListMember).where(ListMember.list_id == found.id)
        known = sorted(tx.scalars(emails))
        assert found.members == len(known)
        return [email.partition("@")[0] for email in known]


def test_a_list_of_addresses_becomes_a_list_with_a_receipt_of_each_row(workspace):
    number = imported(workspace)
    assert [state for _, state, _ in outcomes(number)] == ["created", "created", "invalid", "skipped"]
    assert members(workspace) == ["grace", "hedy"]
    assert rows(number)[0].changes["on the list"] == ["", "Fair"]
    with transaction() as tx:
        grace = tx.scalars(select(Contact).filter_by(email="grace@example.com")).one()
        assert (grace.name, grace.attributes) == ("Grace", {"City": "New York"})
        (change,) = tx.scalars(select(ListChange))
        assert (change.verb, change.source_name, change.result) == ("import", "people.csv", {"came": 2})


def test_who_is_known_comes_onto_it_and_who_is_on_it_stays_as_they_are(workspace):
    imported(workspace, "Email\ngrace@example.com\n", mapping=["email"])
    number = imported(workspace, "Email\ngrace@example.com\nida@example.com\n", mapping=["email"])
    assert outcomes(number)[0] == (2, "skipped", "known already, and on the list")
    assert members(workspace) == ["grace", "ida"]
    again = imported(workspace, name="Other", existing="overwrite")
    assert rows(again)[0].changes == {"name": ["", "Grace"], "City": ["", "New York"], "on the list": ["", "Other"]}
    assert [row.state for row in rows(imported(workspace, name="Third"))[:2]] == ["changed", "changed"]
    assert members(workspace, "Third") == members(workspace, "Other") == ["grace", "hedy"]


@pytest.mark.parametrize("name", ["Fair", ""])
def test_contacts_come_onto_a_list_only_if_one_is_named(workspace, name):
    imported(workspace, kind="contacts", name=name)
    with transaction() as tx:
        assert (List.named(tx, workspace, "Fair") is not None) == bool(name)
    assert not name or members(workspace) == ["grace", "hedy"]


def test_subscribers_come_onto_a_list_except_who_left(workspace):
    with transaction() as tx:
        letters = Publication(workspace_id=workspace, name="Letters")
        tx.add(letters)
        tx.flush()
        letters.subscribe(tx, {"hedy@example.com": "", "ida@example.com": ""}, consent="on paper")
        tx.scalars(select(Subscription).join(Contact).where(Contact.email == "hedy@example.com")).one().leave(tx)
    options = {"publication": letters.id, "consent": "on paper"}
    content = ROWS + "ida@example.com,,\n"
    number = imported(workspace, content, kind="subscribers", options=options)
    assert [row.state for row in rows(number)] == ["created", "skipped", "invalid", "skipped", "changed"]
    assert members(workspace) == ["grace", "ida"]


def test_a_list_that_is_renamed_while_rows_come_stays_the_same_one(workspace):
    number = uploaded(workspace, ROWS, kind="list", mapping=MAPPING, options={"list": "Fair"})
    run(number)
    with transaction() as tx:
        List.named(tx, workspace, "Fair").name = "Autumn fair"
    with transaction() as tx:
        rest = {2: KINDS["list"].read({"email": "ida@example.com"}, tx.get_one(Import, number))}
        KINDS["list"].carry_out(tx, (mine := tx.get_one(Import, number)), KINDS["list"].decide(tx, mine, rest))
    assert members(workspace, "Autumn fair") == ["grace", "hedy", "ida"]


def test_an_import_that_is_undone_takes_its_people_off_the_list_and_nobody_else(workspace):
    with transaction() as tx:
        List.begin(tx, workspace, "Fair").grow(tx, {"grace@example.com": "Grace"})
    number = imported(workspace, existing="overwrite")
    assert members(workspace) == ["grace", "hedy"]
    undo(number)
    assert members(workspace) == ["grace"]
    assert [row.state for row in rows(number)] == ["undone", "undone", "invalid", "skipped"]
    with transaction() as tx:
        assert tx.scalars(select(Contact.attributes)).all() == [{}]
