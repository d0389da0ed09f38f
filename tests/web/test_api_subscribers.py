"""Programs sign people up."""

import pytest
from sqlalchemy import text

from models.api_key import Scope
from models.db import transaction
from tests.web.programs import issued, problem

PATH = "/api/v1/subscribers"


@pytest.fixture
def add(ada, call):
    whole = {"publication": ada.publication, "email": "New@Example.com"}
    return lambda **fields: call(PATH, "POST", json={**whole, **fields})


def one(statement):
    with transaction() as tx:
        return tx.execute(text(statement)).one()


def test_by_the_rules_of_the_newsletter_they_are_asked(add):
    answer = add(name="New", tags=["b", "a", "b"], attributes={"plan": "pro"}, zone="Europe/Berlin", locale="de")
    assert answer.status_code == 201
    assert answer.json == {"id": 2, "email": "new@example.com", "state": "unconfirmed", "asked": True}
    assert tuple(one("select name, tags, attributes, zone, locale from contacts order by id desc limit 1")) == (
        "New", ["a", "b"], {"plan": "pro"}, "Europe/Berlin", "de",
    )  # fmt: skip
    assert add().json["asked"] is False  # so soon


def test_with_proof_they_are_active_at_once_and_the_record_has_it(add):
    assert add(state="active", consent="ticked the box at checkout").json["state"] == "active"
    row = one("select after, how, by, words from subscription_changes order by id desc limit 1")
    assert tuple(row) == ("active", "API", "Everything", "ticked the box at checkout")
    again = add(state="active", consent="and again").json
    assert (again["state"], again["asked"]) == ("active", False)


def test_who_left_is_asked_whatever_the_program_says(ada, add, browser):
    browser().client.post(f"/unsubscribe/{ada.unsubscribe}")
    with transaction() as tx:
        tx.execute(text("delete from opt_ins"))
    answer = add(email="reader.of.ada@example.com", state="active", consent="they said so")
    assert (answer.json["state"], answer.json["asked"]) == ("unsubscribed", True)


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "nobody"}, {"email": 7}, {"state": "gone"}, {"state": "active"}, {"attributes": []}, {"tags": "x"},
        {"tags": [1]}, {"zone": "Mars"}, {"name": "x" * 501}, {"surname": "x"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(add, fields):
    assert problem(add(**fields))[0] == 422


@pytest.mark.parametrize("publication", [0, "1", None, 2**70, 99])
def test_another_newsletter_is_none(add, publication):
    assert problem(add(publication=publication))[0] == (404 if publication == 99 else 422)


def test_another_workspaces_newsletter_is_none(charles, add):
    assert problem(add(publication=charles.publication))[0] == 404


def test_a_key_for_something_else_does_not_do(ada, call):
    key = issued(ada.id, *(scope for scope in Scope if scope != Scope.SUBSCRIBERS_WRITE))
    assert problem(call(PATH, "POST", key=key, json={}))[0] == 403
