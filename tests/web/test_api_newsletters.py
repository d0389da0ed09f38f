"""Newsletters by key: begun, written, sent; who subscribes."""

import pytest
from sqlalchemy import text

from models.api_key import Scope
from models.db import transaction
from models.edition import Edition
from tests.web.programs import issued, problem

ROOT = "/api/v1"


@pytest.fixture
def draft(ada, call):
    """A draft of Ada's newsletter in Markdown, as it was answered."""
    body = {"publication": ada.publication, "subject": "News", "body": "# Hello {{ name }}"}
    return call(f"{ROOT}/editions", "POST", json=body).json


def test_a_newsletter_is_begun_changed_paused_and_resumed(ada, call):
    made = call(f"{ROOT}/publications", "POST", json={"name": " Notes ", "slug": "notes", "archive": "everybody"}).json
    assert (made["name"], made["slug"], made["opt_in"], made["standing"]) == ("Notes", "notes", "double", {})
    path = f"{ROOT}/publications/{made['id']}"
    changed = call(path, "PATCH", json={"about": "On engines", "slug": None}).json
    assert (changed["about"], changed["slug"], changed["name"]) == ("On engines", None, "Notes")
    assert call(f"{path}/pause", "POST", json={"because": "Holidays"}).json["paused_because"] == "Holidays"
    assert call(f"{path}/resume", "POST").json["paused_at"] is None
    assert call(path).json == changed
    page = call(f"{ROOT}/publications?limit=1").json
    assert [each["name"] for each in page["publications"]] == ["Notes"]
    rest = call(f"{ROOT}/publications?cursor={page['next']}").json
    assert ([each["id"] for each in rest["publications"]], rest["next"]) == ([ada.publication], None)


@pytest.mark.parametrize(
    "body",
    [{"name": "Letters of Ada"}, {"name": "x", "slug": "letters-of-charles"}, {"name": "x", "slug": "No Slug"},
     {"name": "x", "opt_in": "never"}, {"name": "x", "tracks": "yes"}, {"slug": "x"}, {"name": "a\0b"}],
)  # fmt: skip
def test_a_newsletter_that_cannot_be_is_refused(charles, call, body):
    assert problem(call(f"{ROOT}/publications", "POST", json=body)) == (422, "invalid")


def test_a_newsletters_looks_are_replaced_whole_and_those_that_cannot_be_are_refused(ada, call):
    path = f"{ROOT}/publications/{ada.publication}/brand"
    usual = call(path).json
    changed = call(path, "PUT", json={"accent": "#ff7f50", "footer": "With *love*", "font": "serif"}).json
    assert changed == call(path).json == usual | {"accent": "#ff7f50", "footer": "With *love*", "font": "serif"}
    assert call(path, "PUT", json={"address": "1 Mill Lane"}).json == usual | {"address": "1 Mill Lane"}
    for wrong in (
        {"accent": "crimson"},
        {"logo": "http://example.com/a.png"},
        {"footer": "{{ x }}"},
        {"font": "comic"},
    ):
        assert problem(call(path, "PUT", json=wrong)) == (422, "invalid"), wrong
    assert call(path).json["address"] == "1 Mill Lane"


def test_an_edition_is_written_revised_and_listed(ada, call, draft):
    assert (draft["since"], draft["format"], draft["saved_by"]) == (1, "markdown", None)
    path = f"{ROOT}/editions/{draft['edition']}"
    revised = call(path, "PATCH", json={"since": 1, "subject": "More\nnews", "shown_to": "subscribers"}).json
    assert (revised["since"], revised["subject"], revised["body"]) == (2, "More news", draft["body"])
    assert call(f"{path}/draft").json == revised
    with transaction() as tx:
        edition = tx.get_one(Edition, draft["edition"])
        assert "<h1" in edition.html and edition.subject == "More news" and edition.shown_to == "subscribers"
    found = call(f"{ROOT}/editions?state=draft&publication={ada.publication}").json["editions"]
    assert [each["id"] for each in found] == [draft["edition"], ada.edition]
    assert [each["id"] for each in call(f"{ROOT}/editions?state=sent").json["editions"]] == [ada.past]
    assert call(f"{path}/removal", "POST").json == {"gone": True} and call(f"{path}/draft").status_code == 404


def test_nobody_overwrites_what_somebody_else_has_saved(call, draft):
    path = f"{ROOT}/editions/{draft['edition']}"
    call(path, "PATCH", json={"since": 1, "body": "Mine"})
    assert problem(call(path, "PATCH", json={"since": 1, "body": "Yours"})) == (409, "conflict")
    assert call(f"{path}/draft").json["body"] == "Mine"


def test_a_draft_that_makes_no_letter_is_refused_in_words(ada, call, draft):
    for body in (
        {"body": "{{ nothing }}"},
        {"body": "<mjml>", "format": "mjml"},
        {"subject": " "},
        {"plain": "no way out"},
    ):
        answer = call(f"{ROOT}/editions/{draft['edition']}", "PATCH", json={"since": 1} | body)
        assert problem(answer) == (422, "invalid"), body
    assert call(f"{ROOT}/editions/{draft['edition']}/draft").json["since"] == 1


def test_one_on_its_way_is_paused_resumed_and_canceled_and_says_what_it_said(call, sent):
    for verb, done in [("resume", False), ("pause", True), ("pause", False), ("resume", True), ("cancel", True)]:
        assert call(f"{sent}/{verb}", "POST").json == {"done": done}, verb
    assert problem(call(sent, "PATCH", json={"since": 1, "subject": "Other"})) == (409, "conflict")
    assert problem(call(f"{sent}/removal", "POST")) == (409, "conflict")
    assert call(sent, "PATCH", json={"since": 1, "shown_to": "nobody"}).status_code == 200


def test_subscribers_are_listed_put_right_and_unsubscribed(ada, call):
    listed = call(f"{ROOT}/publications/{ada.publication}/subscribers?state=active&email=reader").json["subscribers"]
    assert [each["id"] for each in listed] == [ada.subscription]
    path = f"{ROOT}/subscribers/{ada.subscription}"
    changes = {
        "name": "Ada's\nreader",
        "tags": ["vip", "b", "vip"],
        "attributes": {"city": "Turin"},
        "zone": "Europe/Rome",
    }
    changed = call(path, "PATCH", json=changes).json
    assert (changed["name"], changed["tags"], changed["attributes"]) == (
        "Ada's reader",
        ["b", "vip"],
        {"city": "Turin"},
    )
    assert call(path).json == changed
    assert call(f"{path}/unsubscribe", "POST", json={"because": "wrote to us"}).json["state"] == "unsubscribed"
    assert call(f"{path}/unsubscribe", "POST").json["state"] == "unsubscribed"
    with transaction() as tx:
        told = tx.execute(text("select how, by, words from subscription_changes order by id desc limit 1")).one()
        assert told == ("API", "Everything", "wrote to us")
    for wrong in (
        {"zone": "Nowhere"},
        {"attributes": {"x": "y" * 20_000}},
        {"tags": "vip"},
        {"email": "x@example.com"},
    ):
        assert problem(call(path, "PATCH", json=wrong)) == (422, "invalid"), wrong


def test_each_asks_for_its_own_scope(ada, call, draft):
    for method, path, scope in [
        ("GET", "publications", Scope.PUBLICATIONS_READ),
        ("POST", "publications", Scope.PUBLICATIONS_WRITE),
        ("GET", f"editions/{draft['edition']}/draft", Scope.EDITIONS_READ),
        ("PATCH", f"editions/{draft['edition']}", Scope.EDITIONS_WRITE),
        ("POST", f"editions/{draft['edition']}/cancel", Scope.EDITIONS_SEND),
        ("GET", f"subscribers/{ada.subscription}", Scope.SUBSCRIBERS_READ),
        ("PATCH", f"subscribers/{ada.subscription}", Scope.SUBSCRIBERS_WRITE),
    ]:
        others = issued(ada.id, *(other for other in Scope if other != scope))
        assert problem(call(f"{ROOT}/{path}", method, key=others)) == (403, "forbidden"), path
