"""Leaving by the link in a mail."""

import pytest

from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.subscription import Subscription
from models.token import opened


@pytest.fixture
def link(ada):
    return f"/unsubscribe/{ada.unsubscribe}"


@pytest.fixture
def client(browser):
    """A mail program, which brings no cookies."""
    return browser().client


def state(ada):
    with transaction() as tx:
        return tx.get_one(Subscription, opened("unsubscribe", ada.unsubscribe)).state


def test_looking_changes_nothing_however_often_scanners_look(ada, link, client):
    for _ in range(3):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert state(ada) == "active"


def test_a_person_presses_a_button(ada, link, browser):
    page = browser().get(link)
    assert "Letters of Ada" in page.text and "reader.of.ada@example.com" in page.text
    page.press("Unsubscribe")
    assert page.status == 200
    assert "You are unsubscribed" in page.text
    assert state(ada) == "unsubscribed"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_of_a_mail_program_is_enough_and_is_not_redirected(ada, link, client, kind):
    for _ in range(2):
        answer = client.post(link, data={"List-Unsubscribe": "One-Click"}, content_type=kind)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert state(ada) == "unsubscribed"


@pytest.mark.parametrize(("body", "kind"), [(b"", None), (b"\xff\0", "text/plain"), (b"--", "multipart/form-data")])
def test_whatever_the_body_is_who_holds_the_link_may_leave(ada, link, client, body, kind):
    assert client.post(link, data=body, content_type=kind).status_code == 200
    assert state(ada) == "unsubscribed"


def test_what_waits_for_them_is_not_sent(ada, link, client):
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        assert edition.publish(tx) and edition.address(tx)
    client.post(link)
    with transaction() as tx:
        assert Delivery.ledger(tx, ada.id)["edition"] == {"canceled": 1}


@pytest.mark.parametrize("token", ["1-0", "x", "-", "1", "1-" + "0" * 40, "f" * 5000, "%00", "%F0%9F%98%80", "1-é"])
def test_a_link_that_is_not_ours_leads_nowhere(ada, client, token):
    for method in (client.get, client.post):
        assert method(f"/unsubscribe/{token}").status_code == 404
    assert state(ada) == "active"


def test_a_link_works_years_later(ada, link, client, clock):
    clock.forward(days=3000)
    assert client.post(link).status_code == 200
    assert state(ada) == "unsubscribed"


def test_it_works_for_somebody_who_is_signed_in_elsewhere(ada, charles, link, signed_in):
    signed_in(charles.owner).get(link).press("Unsubscribe")
    assert state(ada) == "unsubscribed"
