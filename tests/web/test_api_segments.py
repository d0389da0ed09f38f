"""Segments by key: listed, made, and the people in them."""

import pytest

from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from tests.web.programs import problem


@pytest.fixture
def people(ada):
    with transaction() as tx:
        for number in range(150):
            tx.add(Contact(workspace_id=ada.id, email=f"p{number}@example.com", tags=["vip"] if number % 3 else []))


def test_a_segment_is_made_told_and_asked_for_its_people_by_the_page(call, people):
    made = call("/api/v1/segments", "POST", json={"name": "Some", "query": 'TAG = "vip"'})
    assert (made.status_code, made.json["query"], made.json["count"]) == (201, 'tag = "vip"', 100)
    assert call(f"/api/v1/segments/{made.json['id']}").json == made.json
    assert made.json in call("/api/v1/segments").json["segments"]
    page = call(f"/api/v1/contacts?limit=100&segment={made.json['id']}").json
    assert (len(page["contacts"]), page["next"]) == (100, None)
    assert page["contacts"][0]["email"] == "p149@example.com"
    first = call("/api/v1/contacts?limit=100").json
    rest = call(f"/api/v1/contacts?limit=100&cursor={first['next']}").json
    assert (len(first["contacts"]), len(rest["contacts"]), rest["next"]) == (100, 52, None)
    found = call('/api/v1/contacts?q=email contains "p14" and not tag = "vip"').json["contacts"]
    assert [each["email"] for each in found] == [f"p{n}@example.com" for n in (147, 144, 141)]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/contacts?q=tag", "q: Character 4: “!=”, “=” or “is” was expected."),
        ("/api/v1/contacts?q=everybody&segment=1", "Please give segment or q, not both."),
        ("/api/v1/contacts?q=in segment 2", "q: Character 12: there is no segment 2."),
        ("/api/v1/contacts?tag=vip", "There is no filter 'tag' here."),
    ],
)
def test_a_program_is_told_its_mistake(call, path, told):
    answer = call(path)
    assert problem(answer) == (422, "invalid")
    assert answer.json["error"]["message"] == told


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "", "query": "everybody"},
        {"name": "x", "query": "foo"},
        {"name": "x", "query": "in segment 1"},
        {"name": "x", "query": "\ud800"},
        {"name": "what Ada keeps to herself", "query": "everybody"},
    ],
)
def test_what_is_no_segment_is_not_made(call, body):
    assert problem(call("/api/v1/segments", "POST", json=body)) == (422, "invalid")


def test_an_edition_is_meant_for_a_segment_by_key(ada, call, people):
    path = f"/api/v1/editions/{ada.edition}/audience"
    number = call("/api/v1/segments", "POST", json={"name": "Some", "query": 'tag = "vip"'}).json["id"]
    told = call(path, "POST", json={"meant_for": 'IN segment "Some"'})
    assert (told.status_code, told.json["meant_for"], told.json["counts"]["stranger"]) == (
        200,
        f"in segment {number}",
        100,
    )
    assert call(path).json == told.json
    assert problem(call(path, "POST", json={"meant_for": "in segment 99"})) == (422, "invalid")
    assert problem(call(path, "POST", json={"meant_for": None})) == (422, "invalid")
    with transaction() as tx:
        assert tx.get_one(Edition, ada.edition).publish(tx)
    assert problem(call(path, "POST", json={"meant_for": ""}))[0] == 409
