"""A call that is made again because its answer was lost."""

import threading

import pytest
from sqlalchemy import func, select, text

from jobs.api_answers import expire_answers
from models.db import transaction
from models.publication import Publication
from tests.web.programs import problem

ROOT = "/api/v1/publications"


@pytest.fixture
def make(call):
    """A newsletter, under a key of the program's making."""
    return lambda key="a", name="Notes": call(ROOT, "POST", json={"name": name}, headers={"Idempotency-Key": key})


def count():
    with transaction() as tx:
        return tx.scalar(select(func.count()).select_from(Publication).where(Publication.name.like("Notes%")))


def test_it_is_done_once_and_answered_the_same(make):
    first, again = make(), make()
    assert (first.status_code, again.status_code, count()) == (201, 201, 1)
    assert first.json == again.json
    assert "Idempotency-Replayed" not in first.headers and again.headers["Idempotency-Replayed"] == "true"
    assert make("b", "Notes too").status_code == 201


def test_the_same_key_for_another_call_is_a_conflict(ada, make, call):
    make()
    assert problem(make(name="Notes too")) == (409, "conflict")
    again = call(f"{ROOT}/{ada.publication}/resume", "POST", headers={"Idempotency-Key": "a"})
    assert problem(again) == (409, "conflict")
    assert count() == 1


def test_a_key_is_its_workspaces_own(charles, make, call):
    mine = make()
    theirs = call(ROOT, "POST", key=charles.bearer, json={"name": "Notes"}, headers={"Idempotency-Key": "a"})
    assert theirs.status_code == 201 and theirs.json["id"] != mine.json["id"]


def test_what_was_refused_may_be_put_right_with_the_same_key(make):
    assert problem(make(name="")) == (422, "invalid")
    assert (make().status_code, count()) == (201, 1)


def test_it_waits_for_nobody_while_the_first_is_being_done(ada, make):
    make()
    with transaction() as tx:
        tx.execute(text("update api_answers set status = null"))
    assert problem(make()) == (409, "conflict")


def test_calls_at_once_are_done_once(make):
    codes = []
    threads = [threading.Thread(target=lambda: codes.append(make().status_code)) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert count() == 1 and set(codes) <= {201, 409} and 201 in codes


def test_after_a_day_the_key_is_new(make, clock):
    make()
    clock.forward(hours=25)
    assert problem(make()) == (422, "invalid")  # there is a newsletter of that name: it was tried
    make(name="Notes too")
    clock.forward(hours=25)
    expire_answers()
    with transaction() as tx:
        assert tx.scalar(text("select count(*) from api_answers")) == 0


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_that_is_none_is_refused(make, key):
    assert problem(make(key)) == (400, "malformed")
    assert count() == 0
