"""The provider's streams on the pages."""

import pytest

from jobs.door import queue_named
from models.db import transaction
from models.stream import Stream, Weather


@pytest.fixture
def shut():
    with transaction() as tx:
        Stream.named(tx, "broadcast").hear(Weather.BARRED, "the account is under review")
        Stream.named(tx, "outbound").hear(Weather.BUSY, "too many requests")


def test_they_flow_until_something_happens(ada, adas):
    assert adas.get("/queues").text.count("mail flows") == 2
    assert "Nothing goes out" not in adas.get(f"/editions/{ada.edition}").text


def test_one_that_is_shut_says_why(ada, adas, shut):
    text = adas.get("/queues").text
    assert "the account is under review" in text and "too many requests" in text
    for page in (f"/editions/{ada.edition}", f"/publications/{ada.publication}"):
        text = adas.get(page).text
        assert "the account is under review" in text and "too many requests" not in text


def test_an_operator_opens_it_again(ada, adas, shut):
    for _ in range(2):
        adas.get("/queues").press("Resume")
    assert adas.text.count("mail flows") == 2
    assert [job.args for job in queue_named("high").jobs] == [["outbound"], ["broadcast"]]


def test_an_operator_limits_it_and_lifts_the_limit(ada, adas):
    adas.get("/streams/broadcast/edit").press("Save", most_per_second="50")
    assert "at most 50 a second" in adas.text
    assert [job.args for job in queue_named("high").jobs] == [["broadcast"], []]
    assert adas.get("/streams/broadcast/edit").page.get_element_by_id("most_per_second").value == "50"
    adas.press("Save", most_per_second="")
    assert adas.text.count("mail flows") == 2


@pytest.mark.parametrize("typed", ["0", "-1", "100001", "99999999999999999999", "1.5", "many"])
def test_a_limit_is_a_whole_number(ada, adas, typed):
    adas.get("/streams/broadcast/edit").press("Save", most_per_second=typed)
    assert (adas.status, adas.errors) == (422, ["Please give a whole number from 1 to 100,000, or nothing."])
    with transaction() as tx:
        assert tx.query(Stream).count() == 0


def test_a_stream_that_is_none_of_ours_is_no_page(ada, adas):
    token = {"csrf_token": adas.page.find(".//input[@name='csrf_token']").get("value")}
    for path in ("/streams/nobodys/resumption", "/streams/nobodys"):
        assert adas.client.post(path, data=token).status_code == 404
    assert adas.client.get("/streams/nobodys/edit").status_code == 404
    with transaction() as tx:
        assert tx.query(Stream).count() == 0


def test_other_workspaces_owners_do_not(ada, charles, signed_in, shut):
    theirs = signed_in(charles.owner).get("/")
    token = {"csrf_token": theirs.page.find(".//input[@name='csrf_token']").get("value")}
    for path in ("/streams/broadcast/resumption", "/streams/broadcast"):
        assert theirs.client.post(path, data=token).status_code == 403
    assert theirs.client.get("/streams/broadcast/edit").status_code == 403
    assert "See the streams" not in theirs.get(f"/editions/{charles.edition}").text
