"""Signing in by a mailed link."""

import pytest
from sqlalchemy import func, select

from jobs.door import queue_named
from models.db import transaction
from models.delivery import Delivery
from models.sign_in import SignIn
from models.user import User
from models.workspace import Workspace
from tests.web import houses
from web.proving import FROM_A_NETWORK
from web.sign_ins import local_path

ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "evil",
    "/\n/evil.example",
    "/\t/x",
    "",
    None,
]


def links(email):
    with transaction() as tx:
        found = select(SignIn).join(User).where(User.email == email).order_by(SignIn.id)
        return [each.token for each in tx.scalars(found)]


def ask(browser, email, at="/sign-in"):
    return browser.get(at).press("Mail me a link", email=email)


def test_whoever_is_known_is_mailed_a_link_on_the_fast_queue(ada, browser):
    page = ask(browser(), " Ada@Example.com ")
    assert page.status == 200
    with transaction() as tx:
        delivery = tx.scalars(select(Delivery).filter_by(kind="sign_in")).one()
    assert (delivery.recipient, delivery.workspace_id) == ("ada@example.com", ada.id)
    assert queue_named("high").count == 1


def test_whoever_is_not_known_reads_the_same_and_is_mailed_nothing(ada, browser):
    stranger, known = ask(browser(), "nobody@example.com"), ask(browser(), "ada@example.com")
    assert stranger.text.replace("nobody@", "ada@") == known.text
    assert links("nobody@example.com") == []


def test_the_link_changes_nothing_until_its_button_is_pressed_and_works_once(ada, browser):
    ask(browser(), "ada@example.com")
    (link,) = links("ada@example.com")
    scanner, person, thief = browser(), browser(), browser()
    for _ in range(3):
        assert scanner.get(f"/sign-in/{link}").status == 200
    thief.get(f"/sign-in/{link}")
    assert person.get(f"/sign-in/{link}").press("Sign in").path == "/"
    assert ada.secret not in thief.press("Sign in").text
    assert thief.status == 410
    assert thief.get("/").path == "/sign-in"


def test_whoever_is_in_already_may_click_the_link_once_more(ada, browser):
    link = houses.link(ada.owner)
    page = browser().get(f"/sign-in/{link}").press("Sign in")
    assert page.get(f"/sign-in/{link}").path == "/"
    assert page.status == 200


def test_a_link_is_too_old_after_a_quarter_of_an_hour(ada, browser, clock):
    link = houses.link(ada.owner)
    clock.forward(minutes=16)
    page = browser().get(f"/sign-in/{link}")
    assert page.status == 410
    assert "15 minutes" in page.text


@pytest.mark.parametrize("link", ["1-0000", "x", "-", "1", "ffffffffffffffffffffff-1", "٣-0"])
def test_a_link_that_is_not_ours_lets_nobody_in(ada, browser, link):
    assert browser().get(f"/sign-in/{link}").status == 410


def test_at_most_five_links_an_hour_are_mailed_to_an_address(ada, browser, clock):
    page = browser()
    for _ in range(7):
        assert ask(page, "ada@example.com").status == 200
    assert len(links("ada@example.com")) == 5
    clock.forward(minutes=61)
    ask(page, "ada@example.com")
    assert len(links("ada@example.com")) == 6


def test_who_asks_for_links_of_everybody_is_told_to_wait(ada, browser):
    page = browser()
    said = {ask(page, f"x{number}@example.com").status for number in range(FROM_A_NETWORK)}
    assert said == {200}
    assert ask(page, "ada@example.com").status == 429 and "try again in a minute" in page.errors[0]
    assert not links("ada@example.com")


def test_signing_out_ends_the_session_also_for_a_copy_of_its_cookie(ada, adas, browser):
    copy = browser()
    copy.client._cookies = dict(adas.client._cookies)
    assert copy.get("/").path == "/"
    assert adas.press("Sign out").path == "/sign-in"
    assert copy.get("/").path == "/sign-in"


def test_a_session_ends_by_itself_after_a_month(ada, adas, clock):
    clock.forward(days=29)
    assert adas.get("/").path == "/"
    clock.forward(days=2)
    assert adas.get("/").path == "/sign-in"


def test_a_link_to_settings_leads_there_after_signing_in(ada, browser):
    page = browser().get(f"/teams/{ada.team}/edit")
    assert page.path == "/sign-in"
    page.press("Mail me a link", email="grace@example.com")
    assert page.get(f"/sign-in/{links('grace@example.com')[0]}").press("Sign in").path == f"/teams/{ada.team}/edit"


@pytest.mark.parametrize("path", ["/teams/1/edit", "/deliveries?kind=digest"])
def test_a_path_of_ours_is_a_place_to_go_on_to(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "evil",
        "/\n/evil.example",
        "/\t/x",
        "",
        None,
    ],
)
def test_nothing_else_is(path):
    assert local_path(path) is None


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(ada, browser):
    page = browser()
    page.get(f"/sign-in/{houses.link(ada.owner)}")
    token = page.page.forms[0].fields["csrf_token"]
    cookie = page.client.post(page.path, data={"csrf_token": token}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_somebody_in_two_workspaces_goes_from_one_to_the_other(ada, charles, signed_in):
    with transaction() as tx:
        tx.get_one(Workspace, charles.id).admit(tx, ada.owner)
    page = signed_in(ada.owner)
    assert "House of Ada" in page.text
    page.press("Go to House of Charles")
    assert page.path == "/"
    assert page.page.find_class("account-menu")[0].find(".//strong").text == "House of Charles"
    assert page.get(f"/teams/{ada.team}").status == 404


def test_nobody_goes_to_a_workspace_they_are_not_in(ada, charles, adas):
    token = adas.page.forms[0].fields["csrf_token"]
    assert adas.client.post(f"/workspaces/{charles.id}/visit", data={"csrf_token": token}).status_code == 404


def test_a_form_without_its_token_is_refused(ada, adas):
    answer = adas.client.post("/sign-out")
    assert answer.status_code == 400
    with transaction() as tx:
        assert tx.scalar(select(func.count()).where(SignIn.ended_at.is_not(None))) == 0
