"""The first visit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import func, select

from config import settings
from models import closing
from models.db import transaction
from models.membership import Membership
from models.workspace import Workspace
from web import setup

ANSWERS = {"workspace": "Analytical Engines", "name": "Ada", "email": "Ada@Example.com"}


def test_the_first_visitor_is_led_to_set_up_and_signed_in_at_once(browser):
    ada = browser().get("/")
    assert ada.path == "/setup"
    ada.press("Set up", **ANSWERS)
    assert ada.path == "/start"
    assert "Your workspace is ready" in ada.text
    with transaction() as tx:
        assert tx.scalars(select(Membership.role)).one() == "owner"
        assert tx.scalars(select(Workspace.base_url)).one() == settings.base_url


def test_whoever_comes_later_has_to_sign_in(browser):
    browser().get("/setup").press("Set up", **ANSWERS)
    assert browser().get("/setup").path == "/sign-in"


def test_once_it_has_been_somebodys_a_code_from_its_log_is_asked_for(browser, caplog):
    browser().get("/setup").press("Set up", **ANSWERS)
    with transaction() as tx:
        closing.close(tx, tx.scalars(select(Workspace)).one())
    page = browser().get("/")
    assert page.path == "/setup" and "can make another" in page.text
    page.press("Set up", **ANSWERS, code="0" * 20)
    assert page.status == 422 and page.errors == ["That is not the code in the log."]
    assert page.page.forms[0].fields["name"] == "Ada"
    (said,) = {record.getMessage() for record in caplog.records if record.name == "web.setup"}
    assert page.press("Set up", code=said.rpartition(" ")[2].upper()).path == "/start"


def test_of_two_at_once_one_wins(browser):
    browsers = [browser().get("/setup") for _ in range(6)]
    with ThreadPoolExecutor(6) as crowd:
        ended = list(crowd.map(lambda each: each.press("Set up", **ANSWERS).path, browsers))
    assert sorted(ended) == ["/sign-in"] * 5 + ["/start"]
    with transaction() as tx:
        assert tx.scalar(select(func.count()).select_from(Workspace)) == 1


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(browser):
    page = browser().get("/setup").press("Set up", workspace="Engines\0", name=" ", email="ada at example")
    assert page.status == 422
    assert page.errors[0] == "Please fill this in."
    assert "is not an e-mail address" in page.errors[1]
    assert page.page.forms[0].fields["workspace"] == "Engines"


def test_the_first_mails_links_lead_to_where_the_first_visitor_came(browser, monkeypatch):
    monkeypatch.setattr(setup, "settings", replace(setup.settings, base_url=None))
    browser(base_url="http://postroom.example").get("/setup").press("Set up", **ANSWERS)
    with transaction() as tx:
        assert tx.scalars(select(Workspace.base_url)).one() == "http://postroom.example"
