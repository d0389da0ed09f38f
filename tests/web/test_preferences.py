"""What a reader chooses behind the link in their mails."""

import pytest
from sqlalchemy import select

from models.contact import Contact
from models.db import transaction
from models.publication import Publication
from models.subscription import Subscription
from models.subscription_change import SubscriptionChange
from models.token import opened


@pytest.fixture
def path(ada):
    return f"/preferences/{ada.unsubscribe}"


@pytest.fixture
def reader(browser, path):
    return browser().get(path)


def mine(ada):
    with transaction() as tx:
        found = tx.get_one(Subscription, opened("unsubscribe", ada.unsubscribe))
        return found, tx.get_one(Contact, found.contact_id), SubscriptionChange.of(tx, [found.id])


@pytest.fixture
def other(ada):
    """Another newsletter of Ada's that anybody may subscribe to, and one that nobody can see."""
    with transaction() as tx:
        made = Publication(workspace_id=ada.id, name="Other letters", slug="other")
        tx.add_all([made, Publication(workspace_id=ada.id, name="Board letters")])
        tx.flush()
        return made.id


def test_a_reader_says_who_they_are(ada, reader):
    reader.press("Save", name="Augusta", locale="pt-BR", zone="America/Sao_Paulo")
    assert "Saved." in reader.text
    _, contact, changes = mine(ada)
    assert (contact.name, contact.locale, contact.zone) == ("Augusta", "pt-BR", "America/Sao_Paulo")
    assert len(changes) == 1


def test_looking_changes_nothing(ada, reader, path):
    assert reader.client.get(path).status_code == reader.client.head(path).status_code == 200
    assert mine(ada)[0].state == "active"


def test_a_pause_ends_at_midnight_where_they_live(ada, reader, clock, path):
    clock.at("2026-03-02 12:00")
    reader.press("Save", paused_until="2026-03-30", zone="Europe/Berlin")
    assert mine(ada)[0].paused_until.isoformat() == "2026-03-29T22:00:00+00:00"
    assert reader.page.get_element_by_id("paused_until").value == "2026-03-30"
    reader.press("Save")  # a repeat
    reader.press("Save", paused_until="")
    found, _, changes = mine(ada)
    assert found.paused_until is None
    assert [(each.after, each.how, each.ip) for each in changes[1:]] == [
        ("paused", "page", "127.0.0.1"),
        ("active", "page", "127.0.0.1"),
    ]


def test_they_take_what_anybody_may_have_and_leave_what_they_had(ada, reader, other):
    reader.get(reader.path)
    assert "Other letters" in reader.text and "Board letters" not in reader.text
    reader.press("Save", publications=[str(other)])
    with transaction() as tx:
        states = tx.execute(select(Subscription.publication_id, Subscription.state)).all()
    assert sorted(states) == [(ada.publication, "unsubscribed"), (other, "active")]
    reader.press("Save", publications=[str(ada.publication), str(other)])
    assert mine(ada)[0].state == "active"


def test_what_is_not_shown_cannot_be_taken(ada, charles, reader):
    reader.press("Save", publications=[str(charles.publication)])
    assert reader.status == 422
    assert mine(ada)[0].state == "active"


def test_everything_is_left_at_once(ada, reader, other):
    reader.get(reader.path).press("Save", publications=[str(ada.publication), str(other)])
    reader.press("Leave everything")
    with transaction() as tx:
        assert set(tx.scalars(select(Subscription.state))) == {"unsubscribed"}
    assert "Leave everything" not in reader.text.replace("Nothing is sent", "")


@pytest.mark.parametrize("state", ["bounced", "complained"])
def test_an_address_that_bounced_or_complained_stays_out(ada, reader, state):
    with transaction() as tx:
        tx.get_one(Subscription, opened("unsubscribe", ada.unsubscribe)).state = state
    reader.get(reader.path)
    assert f"it {state}" in reader.text
    reader.press("Save", publications=[str(ada.publication)])
    assert mine(ada)[0].state == state


@pytest.mark.parametrize(
    "typed",
    [{"zone": "Mars"}, {"locale": "english!"}, {"name": "x" * 201}, {"paused_until": "soon"},
     {"paused_until": "2999-01-01"}],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(ada, reader, typed):
    reader.press("Save", **typed)
    assert reader.status == 422 and len(reader.errors) == 1


@pytest.mark.parametrize("token", ["1-0", "x"])
def test_a_link_that_is_not_ours_leads_nowhere(ada, browser, token):
    client = browser().client
    for path in (f"/preferences/{token}", f"/preferences/{token}/farewell"):
        assert client.post(path).status_code == 404
