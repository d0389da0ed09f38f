"""Rows that are subscribers of a newsletter, or people whom a workspace knows."""

import pytest
from sqlalchemy import select

from models import clock as clocks
from models.contact import Contact
from models.db import transaction
from models.imports import cells
from models.imports.cells import Unreadable
from models.imports.file import Import
from models.publication import Publication
from models.subscription import Subscription
from models.suppression import Suppression
from tests import people
from tests.models.imports.work import outcomes, rows, run, subscribers, uploaded


def reader(email):
    with transaction() as tx:
        found = select(Subscription).join(Contact).where(Contact.email == email)
        subscription = tx.scalar(found)
        return subscription and subscription.contact and subscription


def test_subscribers_come_with_their_proof_and_what_is_known_of_them(workspace, letters):
    number = subscribers(workspace, letters)
    expected = [row.forecast for row in rows(number)]
    run(number)
    assert outcomes(number) == [
        (2, "created", ""),
        (3, "created", ""),
        (4, "invalid", "“3/1/2024” is no date; write it as 2026-03-01"),
        (5, "invalid", "“2999-01-01” has not come yet"),
        (6, "skipped", "the same as row 2"),
    ]
    assert [row.state for row in rows(number)] == expected
    grace, hedy = reader("grace@example.com"), reader("hedy@example.com")
    assert (grace.state, grace.consent, str(grace.consented_at)) == (
        "active",
        "sign-up form",
        "2024-03-01 00:00:00+00:00",
    )
    assert (hedy.consent, str(hedy.consented_at)[:10]) == ("on paper", "2024-04-01")
    assert (grace.contact.name, grace.contact.locale) == ("Grace Hopper", "en-US")
    assert (grace.contact.attributes, grace.contact.tags) == ({"City": "New York"}, ["cobol", "navy"])


@pytest.mark.parametrize("state", ["unsubscribed", "bounced", "complained"])
def test_nobody_who_left_or_is_suppressed_subscribes_again(workspace, letters, state):
    run(subscribers(workspace, letters))
    with transaction() as tx:
        tx.scalars(select(Subscription).order_by(Subscription.id)).first().state = state
        Suppression.impose(tx, workspace, "new@example.com", "broadcast", reason="spam complaint", origin="Postmark")
    again = subscribers(
        workspace, letters, "mail\ngrace@example.com\nnew@example.com\n", ["email"], existing="overwrite"
    )
    run(again)
    assert outcomes(again) == [
        (2, "skipped", f"{state}: an import brings nobody back"),
        (3, "skipped", "suppressed: spam complaint"),
    ]
    assert (reader("grace@example.com").state, reader("new@example.com")) == (state, None)


CHANGED = "mail,name,City\ngrace@example.com,Admiral,Arlington\nhedy@example.com,Lamarr,Vienna\nnew@example.com,N,\n"


@pytest.mark.parametrize(
    ("existing", "states", "name", "city"),
    [
        ("skip", ["skipped", "skipped", "created"], "Grace Hopper", "New York"),
        ("fill", ["unchanged", "unchanged", "created"], "Grace Hopper", "New York"),
        ("overwrite", ["changed", "changed", "created"], "Admiral", "Arlington"),
    ],
)
@pytest.mark.parametrize("kind", ["subscribers", "contacts"])
def test_what_is_known_changes_as_was_said_and_the_proof_never(workspace, letters, kind, existing, states, name, city):
    run(subscribers(workspace, letters))
    options = {"publication": letters, "consent": "another"}
    mapping = ["email", "name", "attribute"]
    number = uploaded(workspace, CHANGED, kind=kind, mapping=mapping, existing=existing, options=options)
    run(number)
    assert [row.state for row in rows(number)] == states
    grace = reader("grace@example.com")
    assert (grace.contact.name, grace.contact.attributes["City"], grace.consent) == (name, city, "sign-up form")
    assert grace.contact.tags == ["cobol", "navy"]
    assert (reader("new@example.com") is not None) == (kind == "subscribers")


def test_a_known_contact_subscribes_and_keeps_what_is_known(workspace, letters):
    known = "mail,name\ngrace@example.com,Grace\n"
    run(uploaded(workspace, known, kind="contacts", mapping=["email", "name"], options={}))
    number = subscribers(workspace, letters, "mail,name\ngrace@example.com,Other\n", ["email", "name"])
    run(number)
    assert outcomes(number) == [(2, "created", "")]
    assert reader("grace@example.com").contact.name == "Grace"


def test_without_any_consent_nobody_subscribes(workspace, letters):
    number = subscribers(workspace, letters, "mail\ngrace@example.com\n", ["email"], consent="")
    run(number)
    assert outcomes(number) == [(2, "invalid", "it does not say how they agreed")]


def test_another_workspaces_newsletter_and_contacts_stay_untouched(workspace, letters):
    with transaction() as tx:
        other = people.workspace(tx, "Charles", name="Difference")
        theirs = Publication(workspace_id=other.id, name="Theirs")
        tx.add_all([theirs, Contact(workspace_id=other.id, email="grace@example.com", name="Theirs")])
        tx.flush()
    number = subscribers(
        workspace, theirs.id, "mail,name\ngrace@example.com,Ours\n", ["email", "name"], existing="overwrite"
    )
    run(number)
    assert [row.state for row in rows(number)] == ["skipped"]
    with transaction() as tx:
        assert tx.scalars(select(Subscription)).all() == []
        assert tx.scalar(select(Contact.name).filter_by(workspace_id=other.id)) == "Theirs"
        assert tx.get_one(Import, number).workspace_id == workspace


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", "2024-03-01 00:00"),
        ("1.3.2024", "2024-03-01 00:00"),
        ("2024-03-01T12:30:00+02:00", "2024-03-01 12:30"),
    ],
)
def test_dates_are_read_as_they_are_written(text, day):
    assert f"{cells.moment(text, clocks.now()):%Y-%m-%d %H:%M}" == day


@pytest.mark.parametrize("text", ["3/1/2024", "yesterday", "2024-13-01", "31.2.2024"])
def test_what_may_be_two_dates_is_none(text):
    with pytest.raises(Unreadable):
        cells.moment(text, clocks.now())
