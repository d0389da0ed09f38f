"""Pages before an edition goes out: a test, a moment, and the way back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from jobs.editions import address_edition
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from web import editions


@pytest.fixture
def path(ada):
    return f"/editions/{ada.edition}"


def edition(ada):
    with transaction() as tx:
        return tx.get_one(Edition, ada.edition)


def tried():
    with transaction() as tx:
        return list(tx.scalars(text("select recipient from deliveries where kind = 'trial' order by 1")))


def test_a_test_goes_to_oneself_unless_others_are_typed(ada, adas, path):
    adas.get(f"{path}/tests/new").press("Send the test")
    assert "A test is on its way to ada@example.com." in adas.text
    adas.get(f"{path}/tests/new").press("Send the test", to="Boss@example.com, boss@example.com\nada@example.com")
    assert tried() == ["ada@example.com", "ada@example.com", "boss@example.com"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"to": ""}, "Please give at least one address."),
        ({"to": "nobody"}, "'nobody' is not an e-mail address"),
        ({"to": ",".join(f"a{n}@example.com" for n in range(11))}, "Please give at most 10 addresses."),
        ({"reader": "stranger@example.com"}, "Nobody here has this address."),
        ({"reader": "reader.of.charles@example.com"}, "Nobody here has this address."),
    ],
)
def test_what_is_wrong_with_a_test_is_said_and_nothing_is_sent(ada, charles, adas, path, typed, told):
    adas.get(f"{path}/tests/new").press("Send the test", **typed)
    assert (adas.status, tried()) == (422, [])
    assert told in adas.errors[0]


def test_a_workspace_sends_so_many_tests_an_hour(ada, adas, path, clock):
    people = "\n".join(f"a{n}@example.com" for n in range(10))
    for _ in range(10):
        adas.get(f"{path}/tests/new").press("Send the test", to=people)
    adas.get(f"{path}/tests/new").press("Send the test")
    assert adas.errors == ["At most 10 tests are sent at once, and 100 in an hour."]
    clock.forward(minutes=61)
    adas.get(f"{path}/tests/new").press("Send the test")
    assert len(tried()) == 101


def test_it_is_scheduled_in_somebodys_zone_and_can_still_be_written(ada, adas, path, clock):
    clock.at("2026-03-02 12:00")
    adas.get(f"{path}/schedule").press("Schedule", at="2026-03-29T02:30", zone="Europe/Berlin")
    assert edition(ada).due_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert "It goes out 29 Mar 2026, 03:30 Europe/Berlin" in adas.text
    adas.get(f"{path}/edit").press("Save", subject="Written later")
    assert (edition(ada).state, edition(ada).subject) == ("scheduled", "Written later")
    assert adas.get(f"{path}/schedule").page.get_element_by_id("at").value == "2026-03-29T03:30"
    adas.get(path).press("Do not send it then")
    assert edition(ada).state == "draft"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"at": ""}, "Please give a day and an hour."),
        ({"at": "soon"}, "Please give a day and an hour, such as 2026-03-31 09:00."),
        ({"at": "2026-03-02T11:00"}, "That moment has passed: choose a later one, or publish it now."),
        ({"at": "2027-04-02T11:00"}, "Please choose a moment within 366 days."),
        ({"at": "9999-12-31T23:59", "zone": "America/Los_Angeles"}, "date value out of range"),
        ({"at": "2026-03-03T11:00", "zone": "Atlantis"}, "there is no time zone called 'Atlantis'"),
    ],
)
def test_a_moment_that_is_none_is_pointed_out(ada, adas, path, clock, typed, told):
    clock.at("2026-03-02 12:00")
    adas.get(f"{path}/schedule").press("Schedule", **({"zone": "UTC"} | typed))
    assert (adas.status, edition(ada).state) == (422, "draft")
    assert told in adas.errors[0]


def test_publishing_is_undone(ada, adas, path, clock):
    adas.get(path).press("Publish to 1 subscriber")
    assert "Until then nobody is mailed, and you can undo it." in adas.text
    adas.press("Undo")
    assert "It is a draft again: nobody has got it." in adas.text
    assert edition(ada).state == "draft"
    adas.press("Publish to 1 subscriber")
    page = adas.get(path).page
    clock.forward(seconds=31)
    address_edition(ada.edition)
    adas.press("Undo")
    assert "It is too late for that" in adas.text
    assert page.get_element_by_id("buttons").get("data-fresh") is not None


def test_how_long_publishing_can_be_undone_is_a_setting(ada, adas, path):
    settings = f"/publications/{ada.publication}/edit"
    for wrong in ("-1", "601", "a while", ""):
        assert adas.get(settings).press("Save", grace=wrong).errors == ["Please give a whole number from 0 to 600."]
    adas.get(settings).press("Save", grace="0")
    adas.get(path).press("Publish to 1 subscriber")
    assert edition(ada).wait == 0


def test_late_joiners_are_counted_and_addressed(ada, adas, path, monkeypatch):
    with transaction() as tx:
        whole = tx.get_one(Edition, ada.edition)
        assert whole.publish(tx) and whole.address(tx)
        tx.execute(text("update deliveries set state = 'delivered' where kind = 'edition'"))
        people = {"late@example.com": "", "later@example.com": ""}
        tx.get_one(Publication, ada.publication).subscribe(tx, people, consent="on paper")
    with monkeypatch.context() as few:
        few.setattr(editions, "MANY", 1)
        assert "Send to more than 1 who joined since" in adas.get(path).text
    adas.get(path).press("Send to 2 who joined since").press("Yes, do it")
    assert "It goes to 2 who joined since." in adas.text
    address_edition(ada.edition)
    assert "3 = 2 queued + 1 delivered" in adas.get(path).text
    assert "joined since" not in adas.text


def test_who_stayed_away_by_themselves_is_not_late(ada, adas, path):
    with transaction() as tx:
        whole = tx.get_one(Edition, ada.edition)
        assert whole.publish(tx) and whole.address(tx)
        tx.execute(text("delete from deliveries where kind = 'edition'"))
        tx.execute(text("update subscriptions set changed_at = now() - interval '1 year'"))
        assert whole.send_to_late(tx) == 0
