"""Signing in with a password, and with codes from an app."""

import re
from datetime import timedelta

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from emails.mails import compose, load
from jobs.throttles import forget_throttles
from models import clock as our_clock
from models.db import transaction
from models.delivery import Delivery
from models.password import Password, hashed, matches, weakness
from models.second_factor import SecondFactor
from models.sign_in import SignIn
from models.throttle import Throttle
from web.proving import TRIES

WORDS = "seven quiet engines"
PATH = "/settings/password"


@pytest.fixture
def chosen(ada):
    with transaction() as tx:
        Password.keep(tx, ada.owner.id, hashed(WORDS))


def come(browser, password=WORDS, email="Ada@Example.com", at="/sign-in/password"):
    return browser().get(at).press("Sign in", email=email, password=password)


def warnings():
    with transaction() as tx:
        waiting = tx.scalars(select(Delivery).filter_by(kind="security").order_by(Delivery.id)).all()
        about = load(tx, waiting)
    return [compose(delivery, about[delivery.id]) for delivery in waiting]


def code(ada, later=0):
    with transaction() as tx:
        secret = tx.get_one(SecondFactor, ada.owner.id).secret
    return pyotp.TOTP(secret).at(our_clock.now() + timedelta(seconds=later))


def turned_on(ada, adas):
    page = adas.get("/settings/codes").press("Begin")
    assert adas.client.get("/settings/codes/qr.svg").content_type == "image/svg+xml"
    page = adas.get("/settings/codes").press("Turn on", code=code(ada))
    return re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", page.text)


def test_whoever_came_by_a_link_chooses_a_password_and_comes_back_with_it(ada, adas, signed_in, browser):
    other = signed_in(ada.owner)
    page = adas.get(PATH).press("Save the password", fresh=WORDS)
    assert "all other browsers are signed out" in page.text
    assert other.get("/").path == "/sign-in"
    (letter,) = warnings()
    assert letter.subject == "Your password was set" and "127.0.0.1" in str(letter.text)
    assert come(browser, at="/sign-in/password?next=/teams").path == "/teams"
    with transaction() as tx:
        assert WORDS not in tx.get_one(Password, ada.owner.id).hash


def test_later_the_old_one_is_asked_for_or_a_link_is_mailed_that_leads_back(ada, chosen, adas, browser, clock):
    clock.forward(minutes=16)
    page = adas.get(PATH).press("Save the password", current="not this one", fresh="nine loud looms")
    assert page.status == 422 and "not your password" in page.errors[0]
    assert "counts from now on" in page.press("Save the password", current=WORDS, fresh="nine loud looms").text
    adas.get(PATH).press("Mail me a link")
    with transaction() as tx:
        link = tx.scalars(select(SignIn).order_by(SignIn.id.desc()).limit(1)).one().token
    assert adas.get(f"/sign-in/{link}").press("Sign in").path == PATH
    assert "no password any more" in adas.press("Remove the password").press("Yes, do it").text
    assert come(browser, "nine loud looms").status == 422


def test_a_wrong_password_an_unknown_address_and_one_without_a_password_are_told_the_same(ada, chosen, browser):
    tried = [come(browser, "x", email) for email in ("ada@example.com", "grace@example.com", "nobody@example.com")]
    assert {page.status for page in tried} == {422}
    assert len({tuple(page.errors) for page in tried}) == 1 and "do not belong together" in tried[0].errors[0]


def test_a_password_can_be_tried_a_few_times_also_without_redis(ada, chosen, browser, without_redis, clock):
    for _ in range(TRIES):
        assert come(browser, "wrong").status == 422
    assert come(browser).status == 422
    clock.forward(minutes=4)
    assert come(browser).path == "/"
    clock.forward(hours=2)
    forget_throttles()
    with transaction() as tx:
        assert tx.scalars(select(Throttle)).all() == []


def test_a_hash_with_older_parameters_is_made_anew(ada, browser):
    with transaction() as tx:
        Password.keep(tx, ada.owner.id, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(WORDS))
    assert come(browser).path == "/"
    with transaction() as tx:
        known = tx.get_one(Password, ada.owner.id)
    assert "m=19456,t=2,p=1" in known.hash and matches(known, WORDS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("short", "at least 10"),
        ("ada-lovelace-1815", "name and your address"),
        ("aaaaaaaaaaaaaa", "tried first"),
        ("Password12345!", "tried first"),
        ("qwertyuiop", "tried first"),
        ("1234567890", "tried first"),
        (WORDS, ""),
        ("Zahnräder und Öl", ""),
    ],
)
def test_passwords_that_are_tried_first_are_refused(text, problem):
    said = weakness(text, "Ada Lovelace", "ada@example.com")
    assert problem in said and bool(problem) == bool(said)


def test_six_characters_that_are_no_digits_are_no_code(adas):
    page = adas.get("/settings/codes").press("Begin")
    assert page.press("Turn on", code="٣٣٣٣٣٣").status == 422


def test_codes_are_asked_for_after_a_link_and_after_a_password_and_count_once(ada, chosen, adas, browser, clock):
    recovery = turned_on(ada, adas)
    assert len(recovery) == 10 and warnings()[0].subject == "Two-factor authentication was turned on"
    clock.forward(minutes=1)
    now = code(ada)
    page = come(browser)
    assert page.path.startswith("/sign-in/") and page.get("/").path == "/sign-in"
    page = come(browser)
    assert page.press("Sign in", code="000000" if now != "000000" else "111111").status == 422
    assert page.press("Sign in", code=now).path == "/"
    with transaction() as tx:
        link = SignIn.ask(tx, ada.owner).token
    page = browser().get(f"/sign-in/{link}")
    assert page.press("Sign in", code=now).status == 422
    assert page.press("Sign in", code=recovery[0]).path == "/"
    again = come(browser)
    assert again.press("Sign in", code=recovery[0]).status == 422


def test_codes_cannot_be_tried_without_end_and_are_turned_off_by_one(ada, adas, chosen, browser, clock):
    turned_on(ada, adas)
    clock.forward(minutes=20)
    page = come(browser)
    for _ in range(5):
        page.press("Sign in", code="123")
    assert page.press("Sign in", code=code(ada)).status == 422
    clock.forward(minutes=4)
    assert "not asked for codes" in send(adas, "removal", code(ada)).text
    assert come(browser).path == "/"


def test_recovery_codes_are_renewed_by_a_code_and_never_shown_again(ada, adas, clock):
    before = turned_on(ada, adas)
    clock.forward(minutes=5)
    assert send(adas, "recovery", "nonsense").status == 422
    page = send(adas, "recovery", code(ada))
    fresh = re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", page.text)
    assert len(fresh) == 10 and not set(fresh) & set(before)
    assert not re.findall(r"\w{4}-\w{4}-\w{4}-\w{4}", adas.get("/settings/codes").text)
    assert adas.client.get("/settings/codes/qr.svg").status_code == 410


def send(page, act, given):
    token = page.get("/settings/codes").page.xpath("//main//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "code": given}
    page.answer = page.client.post(f"/settings/codes/{act}", data=data, follow_redirects=True)
    return page
