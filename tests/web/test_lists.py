"""Lists of people: made, grown, searched, changed by each other, downloaded, deleted."""

import csv
import io

import pytest
from sqlalchemy import select

from jobs.door import queue_named
from jobs.exports import make_export
from jobs.lists import change_list, drop_list
from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.lists.list import List
from models.lists.member import ListMember
from models.segments.segment import Segment


@pytest.fixture
def path(adas):
    """A list of three, made by hand."""
    adas.get("/lists/new").press("Create the list", name="Friends", note="From the fair")
    return add(adas, adas.path, "Grace Hopper <grace@example.com>\nhedy@example.org\nida@example.org")


def add(browser, path, people):
    browser.get(f"{path}/members/new").press("Add", people=people)
    return browser.path


def names(place, name="Friends"):
    with transaction() as tx:
        number = List.named(tx, place.id, name).id
        found = select(Contact.email).join(ListMember).where(ListMember.list_id == number)
        return sorted(email.partition("@")[0] for email in tx.scalars(found))


def test_a_list_is_made_and_grows_by_hand(ada, adas, path):
    assert "Done: 3 came." in adas.text and "3 people · From the fair" in adas.text
    assert "Grace Hopper" in adas.text and "by Ada" in adas.text
    add(adas, path, "hedy@example.org, new@example.com")
    assert "1 came, 1 were on it already" in adas.text
    assert names(ada) == ["grace", "hedy", "ida", "new"]
    assert "Friends" in adas.get("/lists?words=FAIR").text and "No list of that name" in adas.get("/lists?words=x").text


def test_what_is_wrong_is_said_beside_the_field(adas, path):
    adas.get("/lists/new").press("Create the list", name="Friends")
    assert (adas.status, adas.errors) == (422, ["There is a list of that name already."])
    adas.press("Create the list", name=" ")
    assert (adas.status, adas.errors) == (422, ["Please fill this in."])
    adas.get(f"{path}/members/new").press("Add", people="nobody")
    assert adas.status == 422 and "is not an e-mail address" in adas.errors[0]
    adas.press("Add", people="")
    assert adas.errors == ["Please give at least one address."]


def test_people_are_found_and_those_who_fit_are_kept_or_removed(ada, adas, path):
    adas.get(f"{path}?words=hopper")
    assert "Hopper" in adas.text and "hedy@" not in adas.text
    adas.get(f"{path}?domain=example.org")
    assert "the address is at example.org" in adas.text and "Hopper" not in adas.text
    adas.press("Remove them from the list", verb="weed").press("Yes, do it")
    assert "2 left, 1 stay" in adas.text and names(ada) == ["grace"]
    add(adas, path, "ida@example.org")
    adas.get(f"{path}?words=ida").press("Keep only these on the list", verb="filter").press("Yes, do it")
    assert names(ada) == ["ida"]
    assert "Nobody on it is like that" in adas.get(f"{path}?tag=x&publication=999&suppressed=maybe").text


def test_the_ticked_are_removed_and_nobody_else(ada, adas, path):
    adas.get(path)
    grace = adas.page.xpath("//input[@name='row'][@aria-label='grace@example.com']/@value")
    adas.press("Remove the ticked", row=[*grace, "x", "999999"]).press("Yes, do it")
    assert "1 left, 1 were not on it" in adas.text and names(ada) == ["hedy", "ida"]
    adas.press("Remove the ticked")
    assert "Please tick whom to remove." in adas.text


def test_lists_change_each_other(ada, adas, path):
    adas.get("/lists/new").press("Create the list", name="Others", source=path.rpartition("/")[2])
    assert "Done: 3 came." in adas.text
    others = adas.path
    add(adas, others, "zoe@example.com")
    adas.get(path).press("Do it", verb="merge", other=others.rpartition("/")[2])
    assert "1 came, 3 were on it already" in adas.text
    adas.press("Do it", verb="subtract", other=others.rpartition("/")[2]).press("Yes, do it")
    assert "4 left" in adas.text and names(ada) == []
    adas.press("Do it", verb="merge", other="everybody")
    assert {"grace", "reader.of.ada", "zoe"} < {*names(ada)}
    adas.press("Do it", verb="intersect", other=others.rpartition("/")[2]).press("Yes, do it")
    assert names(ada) == names(ada, "Others") == ["grace", "hedy", "ida", "zoe"]
    adas.press("Do it", verb="subtract", other="everybody")
    assert "Please choose a list" in adas.text
    adas.get(f"{path}/changes")
    assert "Whoever is on “Others” was taken off by Ada" in adas.text


def test_what_takes_long_is_a_job_that_can_be_watched_and_stopped(ada, adas, path, monkeypatch):
    monkeypatch.setattr("web.list_changes.SHORT", 2)
    adas.get("/lists/new").press("Create the list", name="Copy", source=path.rpartition("/")[2])
    assert "It is being done" in adas.text and "0 of 3 looked at" in adas.text
    (job,) = queue_named("low").jobs
    adas.press("Do it", verb="merge", other="everybody")
    assert "not done yet" in adas.text
    adas.press("Stop")
    change_list(*job.args)
    assert names(ada, "Copy") == [] and "canceled" in adas.get(adas.path).text


def test_a_list_is_renamed_and_deleted_and_its_contacts_stay(ada, adas, path, monkeypatch):
    adas.get(f"{path}/edit").press("Save", name="Foes", note="")
    assert "Foes" in adas.text and "From the fair" not in adas.text
    monkeypatch.setattr("web.lists.SHORT", 2)
    adas.get(f"{path}/edit").press("Delete the list").press("Yes, do it")
    assert "Foes is gone" in adas.text and adas.path == "/lists"
    assert adas.get(path).status == 404
    (job,) = queue_named("low").jobs
    drop_list(*job.args)
    with transaction() as tx:
        assert tx.scalar(select(Contact.id).filter_by(email="hedy@example.org"))
        assert List.named(tx, ada.id, "Foes") is None


def test_a_list_that_a_draft_or_a_segment_names_stays(ada, adas, path):
    audience, number = f"/editions/{ada.edition}/audience", path.rpartition("/")[2]
    adas.get(audience).press("Save", group=f"on list {number}")
    adas.get(f"{path}/edit").press("Delete the list").press("Yes, do it")
    assert "It stays" in adas.text
    adas.get(audience).press("Save", meant_for="")
    adas.get('/segments/preview?q=on list "Friends" or suppressed').press("Save the segment", name="Mine")
    adas.get(f"{path}/edit").press("Delete the list").press("Yes, do it")
    assert "It stays: “Mine” names it." in adas.text
    with transaction() as tx:
        tx.query(Segment).delete()
    adas.get(f"{path}/edit").press("Delete the list").press("Yes, do it")
    assert "is gone" in adas.text


def test_a_draft_says_who_gets_it_and_who_is_left_out(ada, adas, path, clock):
    edition, group = f"/editions/{ada.edition}", f"on list {path.rpartition('/')[2]}"
    adas.get(f"{edition}/audience").press("Save", sign="not ", group=group)
    assert "Of the subscribers of Letters of Ada: not on the list “Friends”." in adas.text
    assert "Publish to 1 subscriber" in adas.get(edition).text
    add(adas, path, "reader.of.ada@example.com")
    assert "it is not meant for them1" in adas.get(f"{edition}/audience").text
    adas.press("Save", meant_for="everybody", sign="", group=group)
    adas.get(edition).press("Publish to 1 subscriber")
    clock.forward(minutes=1)  # nobody has undone it
    with transaction() as tx:
        assert tx.get_one(Edition, ada.edition).address(tx)
    assert "1 recipient" in adas.get(edition).text


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_the_file_has_everybody_and_no_formula(adas, path, size, monkeypatch):
    monkeypatch.setattr("models.exports.making.PAGE", size)
    add(adas, path, "=1+1 <formula@example.com>")
    found = taken_away(adas, path)
    assert [line["email"].partition("@")[0] for line in found] == ["grace", "hedy", "ida", "formula"]
    assert found[3]["name"] == "'=1+1" and found[0]["added by"] == "paste"
    assert len(taken_away(adas, f"{path}?domain=example.org")) == 2


def taken_away(browser, path):
    browser.get(path).press("As CSV")
    (job,) = [job for job in queue_named("low").jobs if job.func_name == make_export.name]
    make_export(*job.args)
    queue_named("low").empty()
    browser.get(browser.path)
    file = browser.client.get(browser.page.xpath("//a[. = 'Download']/@href")[0])
    return list(csv.DictReader(io.StringIO(file.get_data().decode("utf-8-sig"))))


def test_a_long_list_has_pages(adas, path, monkeypatch):
    monkeypatch.setattr("web.listing.SIZE", 2)
    adas.get(path)
    assert "ida@" in adas.text and "hedy@" in adas.text and "Hopper" not in adas.text
    adas.get(adas.page.xpath("//a[. = 'Next page →']/@href")[0])
    assert "Hopper" in adas.text and "hedy@" not in adas.text
