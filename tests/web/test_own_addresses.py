"""The addresses from which somebody writes."""

import re

import pytest
from sqlalchemy import select

from emails.mails import compose, load
from models.db import transaction
from models.delivery import Delivery
from models.user_address import UserAddress
from web.own_addresses import LINKS

PATH = "/settings/addresses"


def letters(to):
    """What is mailed to that address."""
    with transaction() as tx:
        waiting = tx.scalars(select(Delivery).filter_by(kind="confirmation", recipient=to)).all()
        about = load(tx, waiting)
    return [compose(delivery, about[delivery.id]) for delivery in waiting]


def is_hers(ada, email):
    with transaction() as tx:
        return UserAddress.are_of(tx, ada.owner.id, email)


def test_an_address_is_added_by_a_link_that_is_mailed_there(ada, adas, browser):
    page = adas.get(PATH).press("Mail the link", email="Ada.King@Example.org")
    assert "mailed a link to ada.king@example.org" in page.text and "not confirmed" in page.text
    (letter,) = letters("ada.king@example.org")
    assert ada.owner.email in letter.text and letter.subject == "Is ada.king@example.org you?"
    (link,) = re.findall(r"/addresses/\S+", letter.text)
    stranger = browser().get(link)
    assert "Is ada.king@example.org you?" in stranger.text and not is_hers(ada, "ada.king@example.org")
    assert "is yours" in stranger.press("Yes, that is me").text
    assert is_hers(ada, "ada.king@example.org") and "yours since" in adas.get(PATH).text


def test_an_address_is_removed_and_its_link_with_it(ada, adas, browser):
    adas.get(PATH).press("Mail the link", email="ada.king@example.org")
    (letter,) = letters("ada.king@example.org")
    adas.get(PATH)
    while "Remove" in adas.text:
        adas.press("Remove").press("Yes, do it")
    assert not adas.page.xpath("//button[text()='Remove']") and "is removed" in adas.text
    assert browser().get(re.findall(r"/addresses/\S+", letter.text)[0]).status == 404


@pytest.mark.parametrize(
    ("email", "told"), [("x", "not an e-mail address"), ("", "fill this in"), ("ada@example.com", "yours already")]
)
def test_what_cannot_be_added_is_told_beside_the_field(adas, email, told):
    page = adas.get(PATH).press("Mail the link", email=email)
    assert page.status == 422 and told in page.errors[0]


def test_nobody_mails_links_without_end(adas):
    for number in range(LINKS):
        assert adas.get(PATH).press("Mail the link", email=f"x{number}@example.org").status == 200
    page = adas.get(PATH).press("Mail the link", email="x@example.org")
    assert page.status == 429 and "several links" in page.errors[0] and letters("x@example.org") == []


def test_asked_again_a_new_link_is_mailed_and_the_old_one_opens_nothing(ada, adas, browser):
    for _ in range(2):
        adas.get(PATH).press("Mail the link", email="ada.king@example.org")
    with transaction() as tx:
        assert len(tx.scalars(select(UserAddress).filter_by(email="ada.king@example.org")).all()) == 1
        assert len(tx.scalars(select(Delivery).filter_by(recipient="ada.king@example.org")).all()) == 2
