"""Strangers subscribe: on a newsletter's public page, by a form elsewhere; and confirm it by mail."""

import pytest
from sqlalchemy import select

from models.contact import Contact
from models.db import transaction
from models.subscription_change import SubscriptionChange
from models.suppression import Suppression
from tests.web.signing_up import NEW, PATH, asked, link, settle, sign_up, standing, subscription
from web.sign_ups import TRAP


@pytest.fixture
def stranger(browser):
    return browser()


def test_a_stranger_asks_and_confirms_and_the_record_says_how(ada, stranger, clock):
    sign_up(stranger, clock, name="New Reader")
    assert "Look into the inbox of new@example.com" in stranger.text
    assert (asked(), standing(ada)) == ([(NEW, "queued")], {"active": 1, "unconfirmed": 1})
    page = stranger.get(link())
    assert subscription().state == "unconfirmed"
    page.press("Yes, subscribe me")
    assert "You subscribe" in page.text
    found = subscription()
    assert (found.state, found.source) == ("active", "http://postroom.test/subscribe/letters-of-ada")
    assert "Letters of Ada" in found.consent
    with transaction() as tx:
        steps = [(each.after, each.how, each.by, each.ip) for each in SubscriptionChange.of(tx, [found.id])]
    assert steps == [("unconfirmed", "form", NEW, "127.0.0.1"), ("active", "page", NEW, "127.0.0.1")]
    assert standing(ada) == {"active": 2}


def test_looking_and_pressing_again_change_nothing(ada, stranger, clock):
    sign_up(stranger, clock)
    path = link()
    for _ in range(2):
        assert stranger.client.get(path).status_code == stranger.client.head(path).status_code == 200
    for _ in range(2):
        assert stranger.client.post(path).status_code == 200
    number = subscription().id
    with transaction() as tx:
        assert len(SubscriptionChange.of(tx, [number])) == 2


def test_whoever_is_known_is_answered_like_a_stranger_and_not_mailed(ada, stranger, clock):
    new = sign_up(stranger, clock).text
    known = sign_up(stranger, clock, email="reader.of.ada@example.com").text
    assert known.replace("reader.of.ada@example.com", NEW) == new
    assert asked() == [(NEW, "queued")]


def test_who_left_is_asked_and_comes_back_by_confirming(ada, stranger, clock):
    stranger.client.post(f"/unsubscribe/{ada.unsubscribe}")
    clock.forward(minutes=30)
    settle(ada, opt_in="single")
    sign_up(stranger, clock, email="reader.of.ada@example.com")
    assert subscription("reader.of.ada@example.com").state == "unsubscribed"
    stranger.get(link()).press("Yes, subscribe me")
    assert subscription("reader.of.ada@example.com").state == "active"


def test_an_old_mail_brings_nobody_back_who_left_after_it(ada, stranger, clock):
    sign_up(stranger, clock)
    stranger.client.post(link())
    stranger.client.post(f"/unsubscribe/{subscription().unsubscribe_token}")
    assert "too old" in stranger.get(link()).text
    stranger.client.post(link())
    assert subscription().state == "unsubscribed"


def test_with_single_opt_in_who_is_new_subscribes_at_once(ada, stranger, clock):
    settle(ada, opt_in="single")
    sign_up(stranger, clock)
    assert (subscription().state, asked()) == ("active", [])


def test_who_does_not_confirm_is_forgotten_and_leaves_the_counts(ada, stranger, clock):
    from jobs.standings import forget_unconfirmed

    sign_up(stranger, clock)
    clock.forward(days=6)
    forget_unconfirmed()
    assert subscription()
    path = link()
    clock.forward(days=1.1)
    assert "too old" in stranger.get(path).text
    forget_unconfirmed()
    assert (subscription(), standing(ada)) == (None, {"active": 1})
    with transaction() as tx:
        assert tx.scalar(select(Contact.id).filter_by(email=NEW)) is None
    assert stranger.client.get(path).status_code == 404


def test_nobody_can_be_made_to_get_many_mails(ada, stranger, clock):
    for _ in range(2):
        sign_up(stranger, clock)
    assert len(asked()) == 1
    for _ in range(3):
        clock.forward(minutes=11)
        sign_up(stranger, clock)
    assert len(asked()) == 3


def test_who_fills_in_what_nobody_sees_is_thanked_and_forgotten(ada, stranger, clock):
    sign_up(stranger, clock, **{TRAP: "https://casino.example"})
    assert "Thank you" in stranger.text
    assert (subscription(), asked()) == (None, [])


@pytest.mark.parametrize("seconds", [0, 90_000])
def test_what_is_sent_too_quickly_or_too_late_is_asked_for_once_more(ada, stranger, clock, seconds):
    sign_up(stranger, clock, seconds=seconds, name="New")
    assert "One more press" in stranger.text and subscription() is None
    clock.forward(seconds=3)
    stranger.press("Subscribe")
    assert subscription().state == "unconfirmed"


def test_a_form_on_another_site_leads_here_with_what_it_said(ada, stranger, clock):
    stranger.answer = stranger.client.post(PATH, data={"email": NEW}, headers={"Origin": "https://blog.example"})
    assert "One more press" in stranger.text
    assert stranger.page.get_element_by_id("email").value == NEW
    assert "Set-Cookie" not in stranger.answer.headers


def test_too_many_from_one_place_wait(ada, stranger, clock):
    for number in range(30):
        assert stranger.client.post(PATH, data={"email": f"x{number}@example.com"}).status_code == 200
    assert stranger.client.post(PATH, data={"email": NEW}).status_code == 429


def test_without_redis_people_still_subscribe(ada, stranger, clock, without_redis):
    sign_up(stranger, clock)
    assert asked() == [(NEW, "queued")]


@pytest.mark.parametrize("email", ["", "nobody", "x" * 400 + "@example.com", "a@b@c", "x@mailinator.com"])
def test_what_is_wrong_is_said_beside_the_field(ada, stranger, clock, email):
    sign_up(stranger, clock, email=email)
    assert stranger.status == 422
    assert len(stranger.errors) >= 1


@pytest.mark.parametrize("path", ["/subscribe/nobodys", "/opt-ins/1-0", "/opt-ins/x"])
def test_what_there_is_not_leads_nowhere(ada, stranger, path):
    assert stranger.client.get(path).status_code == stranger.client.post(path).status_code == 404


def test_who_is_suppressed_is_not_mailed(ada, stranger, clock):
    with transaction() as tx:
        Suppression.impose(tx, ada.id, NEW, "outbound", reason="SpamComplaint", origin="Recipient")
    sign_up(stranger, clock)
    assert asked() == [(NEW, "suppressed")]


def test_editors_give_the_page_an_address_and_get_a_form_to_paste(ada, adas, charles):
    path = f"/publications/{ada.publication}/sign-up-page"
    adas.get(path).press("Save", slug="notes-on-g", about="Once a week.", opt_in="double")
    assert "http://postroom.test/subscribe/notes-on-g" in adas.text
    snippet = adas.page.find(".//textarea[@class='code']").text
    assert 'action="http://postroom.test/subscribe/notes-on-g"' in snippet and "<script" not in snippet
    assert "Once a week." in adas.get("/subscribe/notes-on-g").text


@pytest.mark.parametrize("slug", ["Notes", "a b", "-", "a--b", "letters-of-charles", "x" * 61])
def test_an_address_must_be_plain_and_free(ada, adas, charles, slug):
    adas.get(f"/publications/{ada.publication}/sign-up-page").press("Save", slug=slug)
    assert adas.status == 422 and len(adas.errors) == 1
