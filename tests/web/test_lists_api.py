"""Programs keep lists by key."""

import csv
import io

import pytest

from jobs.exports import make_export
from models.api_key import Scope
from tests.web.programs import issued, problem

LISTS = "/api/v1/lists"


@pytest.fixture
def path(call):
    made = call(LISTS, "POST", json={"name": "Friends", "note": "From the fair"})
    assert made.status_code == 201
    return f"{LISTS}/{made.json['id']}"


def test_a_list_is_made_and_people_are_put_on_it_and_taken_off(call, path):
    people = {"emails": ["Grace@example.com", "grace@example.com", "hedy@example.com"]}
    assert call(f"{path}/members", "POST", json=people).json == {"came": 2}
    assert call(f"{path}/members", "POST", json=people).json == {"were on it already": 2}
    gone = {"emails": ["grace@example.com", "nobody@example.com"]}
    assert call(f"{path}/removals", "POST", json=gone).json == {"left": 1, "were not on it": 1}
    shown = call(path).json
    assert (shown["name"], shown["note"], shown["members"]) == ("Friends", "From the fair", 1)
    (member,) = call(f"{path}/members").json["members"]
    assert (member["email"], member["added_by"]) == ("hedy@example.com", "paste")
    made = call(f"{path}/exports", "POST").json
    make_export(made["id"])
    file = call(f"{path}/exports/{made['id']}/file").get_data()
    lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert [line[0] for line in lines] == ["email", "hedy@example.com"]


def test_lists_and_members_come_by_the_page(call, path):
    call(f"{path}/members", "POST", json={"emails": ["a@example.com", "b@example.com"]})
    first = call(f"{LISTS}?limit=1").json
    assert [each["name"] for each in first["lists"]] == ["Friends"] and first["next"]
    assert call(f"{LISTS}?cursor={first['next']}").json["next"] is None
    page = call(f"{path}/members?limit=1").json
    rest = call(f"{path}/members?cursor={page['next']}").json
    assert [page["members"][0]["email"], rest["members"][0]["email"]] == ["b@example.com", "a@example.com"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Friends"}, {"name": ""}, {"name": 7}, {"name": "x" * 81}, {"name": "x", "note": "x" * 501}, {"no": 1},
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_made_is_refused(call, path, body):
    assert problem(call(LISTS, "POST", json=body)) == (422, "invalid")


@pytest.mark.parametrize("emails", [None, "a@example.com", [], [7], ["nobody"], ["a@example.com"] * 10_001])
def test_addresses_that_are_none_change_nothing(call, path, emails):
    for verb in ("members", "removals"):
        assert problem(call(f"{path}/{verb}", "POST", json={"emails": emails})) == (422, "invalid")
    assert call(path).json["members"] == 0


def test_a_key_does_only_what_it_is_for(call, ada, path):
    reads, writes = issued(ada.id, Scope.LISTS_READ), issued(ada.id, Scope.LISTS_WRITE)
    assert call(path, key=reads).status_code == 200
    for verb in ("members", "removals"):
        assert problem(call(f"{path}/{verb}", "POST", key=reads, json={"emails": ["a@example.com"]}))[0] == 403
    assert problem(call(LISTS, "POST", key=reads, json={"name": "x"}))[0] == 403
    for each in (LISTS, path, f"{path}/members", f"{path}/exports/1"):
        assert problem(call(each, key=writes))[0] == 403
