"""Whom an edition is meant for, and who gets it and who does not, before it is sent."""

import pytest

from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.subscription import State, Subscription


@pytest.fixture
def path(ada):
    """Of her draft, with five more who subscribe or did."""
    with transaction() as tx:
        for name, tag, state in (
            ("Ann", "vip", State.ACTIVE), ("Ben", "vip", State.UNCONFIRMED), ("Cid", "", State.ACTIVE),
            ("Dan", "vip", None), ("Eve", "", State.UNSUBSCRIBED),
        ):  # fmt: skip
            email, tags = f"{name.lower()}@example.com", [tag] * bool(tag)
            contact = Contact(workspace_id=ada.id, email=email, name=name, tags=tags)
            tx.add(contact)
            tx.flush()
            if state:
                about = {"publication_id": ada.publication, "contact_id": contact.id, "state": state}
                tx.add(Subscription(workspace_id=ada.id, **about))
    return f"/editions/{ada.edition}/audience"


def rows(page):
    return {row.find("th").text_content(): row.find("td").text for row in page.page.xpath("//tbody/tr")}


def test_all_subscribers_get_it_unless_it_says_who(adas, path):
    assert rows(adas.get(path)) == {"have not confirmed": "1", "unsubscribed": "1", "get it": "3"}
    adas.press("Save", meant_for='TAG = "vip"')
    assert "Of the subscribers of Letters of Ada: tagged “vip”." in adas.text
    expected = {"never subscribed": "1", "have not confirmed": "1", "unsubscribed": "1", "get it": "1"}
    assert rows(adas) == expected | {"subscribe, but it is not meant for them": "2"}


def test_they_are_named_by_reason(adas, path):
    adas.get(path).press("Save", meant_for='tag = "vip"')
    assert "Those who get it Ann ann@example.com" in adas.get(f"{path}?why=gets+it").text
    assert "Those who never subscribed Dan dan@example.com" in adas.get(f"{path}?why=stranger").text


def test_it_is_published_to_them_alone(ada, adas, path):
    adas.get(path).press("Save", meant_for='tag = "vip"')
    adas.get(f"/editions/{ada.edition}")
    assert 'for whom this holds at the moment when you publish it: tag = "vip".' in adas.text
    adas.press("Publish to 1 subscriber")
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        edition.due_at = None  # the time to undo it is over
        tx.flush()
        assert edition.address(tx)
        assert (edition.audience, edition.left_out) == (1, 2)
    assert "As it would be now" in adas.get(path).text


def test_what_makes_no_sense_is_said_beside_the_field_and_changes_nothing(adas, path):
    adas.get(path).press("Save", meant_for="tag contains vip")
    assert adas.status == 422
    assert adas.errors == ["Character 5: “!=”, “=” or “is” was expected."]
    assert adas.page.find_class("caret")[0].text == "tag contains vip\n    ^"
    assert rows(adas.get(path))["get it"] == "3"
