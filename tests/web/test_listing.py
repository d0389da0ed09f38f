"""Long lists: their orders and pages, and what is done to everybody who was found."""

import pytest
from sqlalchemy import delete, select, text

from jobs import bulk_changes as jobs
from jobs.exports import make_export
from models import bulk_change
from models.bulk_change import BulkChange
from models.contact import Contact
from models.db import transaction
from models.erasure import Erasure
from models.imports.row import ImportRow
from models.inbound_email import InboundEmail
from models.subscription_change import Change, How


@pytest.fixture
def many(ada):
    """A hundred and twenty contacts, whose addresses are not in the order of their numbers."""
    with transaction() as tx:
        people = {f"p{number * 7 % 120:03}@example.com": "" for number in range(120)}
        tx.execute(
            text("insert into contacts (workspace_id, email, name, locale, zone, attributes, created_at) "
                 "select :w, email, '', 'en', 'UTC', '{}', now() from unnest(:emails) as email"),
            {"w": ada.id, "emails": [*people]},
        )  # fmt: skip


def shown(page):
    return page.page.xpath("//td[contains(@class, 'whom')]/a/text()")


def walked(browser, path):
    """Every row of every page, from the first on."""
    found = shown(browser.get(path))
    while following := browser.page.xpath("//a[@rel='next']/@href"):
        found += shown(browser.get(following[0]))
    return found


def tagged(word):
    with transaction() as tx:
        return len(tx.scalars(select(Contact.id).where(Contact.tags.contains([word]))).all())


@pytest.mark.parametrize("order", ["newest", "oldest", "address"])
def test_every_row_comes_once_in_the_order_that_was_chosen(ada, adas, many, order):
    columns = {"newest": Contact.id.desc(), "oldest": Contact.id, "address": Contact.email}
    with transaction() as tx:
        expected = tx.scalars(select(Contact.email).filter_by(workspace_id=ada.id).order_by(columns[order])).all()
    assert walked(adas, f"/contacts?sort={order}") == expected
    assert walked(adas, f"/contacts?sort={order}&beginning=P0") == sorted(e for e in expected if e.startswith("p0"))


def test_a_place_that_somebody_made_up_is_the_beginning(adas):
    for path in ("/contacts?", "/contacts?sort=address&", "/deliveries?", "/suppressions?sort=address&"):
        for after in ("x", "W10", "WyJ4Il0", "WzFlOTld", "é", "WyJcdTAwMDAiXQ", "W3RydWVd"):
            assert adas.get(f"{path}after={after}").status == 200, (path, after)


def test_an_order_goes_through_every_list_that_offers_it(ada, adas):
    lists = [f"/publications/{ada.publication}/subscribers", "/deliveries", "/suppressions", f"/lists/{ada.list}"]
    lists += ["/imports?words=a", "/inbound-emails?kind=answer"]
    named = ["/segments", "/teams", "/publications", "/snippets", "/settings/people", f"/teams/{ada.team}/edit"]
    lists += [f"{path}?words=a" for path in named]
    for path in lists:
        offered = adas.get(path).page.xpath("//select[@name='sort']/option/@value")
        assert {"newest", "oldest"} <= {*offered}, path
        assert [adas.get(f"{path}{'&' if '?' in path else '?'}sort={order}").status for order in offered] == [
            200
        ] * len(offered)
    for path in named:
        assert "ada" not in (adas.get(f"{path}?words=nobody%25").page.findtext(".//main//ul") or "").lower(), path
    address = adas.get("/deliveries?kind=reminder&source=1").page.xpath("//select[@name='sort']/option/@value")
    assert address[0] == "address"


def test_what_came_in_is_taken_away_as_it_was_looked_for(ada, adas):
    with transaction() as tx:
        state = tx.get_one(InboundEmail, ada.mail).state
    for asked, count in ((f"state={state}", 1), ("state=ignored", 0)):
        adas.get("/inbound-emails")
        token = adas.page.find(".//input[@name='csrf_token']").get("value")
        adas.answer = adas.client.post(
            f"/inbound-emails/exports?{asked}", data={"csrf_token": token}, follow_redirects=True
        )
        make_export(int(adas.path.rpartition("/")[2]))
        lines = adas.client.get(adas.get(adas.path).page.xpath("//a[. = 'Download']/@href")[0]).text.splitlines()
        assert lines[0].endswith("id,received_at,sender,subject,kind,state,reason,settled_at,incinerated_at")
        assert len(lines) == 1 + count
        assert adas.page.xpath(f"//a[@href='/inbound-emails?{asked}']")


def test_rows_of_an_import_are_read_in_the_order_of_its_file_or_from_its_end(ada, adas):
    with transaction() as tx:
        row = {"workspace_id": ada.id, "import_id": ada.imported, "cells": ["x"], "forecast": "created"}
        row |= {"key": "", "reason": "", "changes": {}}
        tx.execute(delete(ImportRow).filter_by(import_id=ada.imported))
        tx.add_all(
            ImportRow(
                **row,
                number=n,
                state="pending" if n % 2 else "created",
            )
            for n in range(2, 122)
        )
    for order, expected in (("file", range(2, 122)), ("last", range(121, 1, -1))):
        for state in ("", "&state=created"):
            found, path = [], f"/imports/{ada.imported}/rows?sort={order}{state}"
            while path:
                page = adas.get(path).page
                found += map(int, page.xpath("//td/a/text()"))
                path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
            assert found == [*expected], (order, state)


def test_everybody_found_is_asked_about_once_more_and_then_done_once(ada, adas, many):
    with transaction() as tx:
        tx.execute(text("update contacts set tags = '{early}' where email = 'p007@example.com'"))
    adas.get("/contacts?beginning=p0").press("Do it", do="tag", word="early", whom="all")
    assert "100 contacts, whose address begins with “p0”" in adas.text and tagged("early") == 1
    again = adas.page.xpath("//form[contains(@action, 'once')]/@action")[0]
    adas.press("Yes, do it")
    assert "99 changed" in adas.text and tagged("early") == 100
    adas.client.post(again, data={"csrf_token": adas.page.find(".//input[@name='csrf_token']").get("value")})
    with transaction() as tx:
        assert len(tx.scalars(select(BulkChange).filter_by(noun="contacts")).all()) == 1
        tx.execute(text("update contacts set tags = '{}' where email = 'p008@example.com'"))
    adas.press("Undo it").press("Yes, do it")
    assert "98 taken back; the others had been changed since" in adas.text and tagged("early") == 1
    assert "Undo it" not in adas.text


def test_many_are_done_by_the_page_and_a_lost_job_is_taken_up(ada, adas, many, monkeypatch):
    monkeypatch.setattr(bulk_change, "PAGE", 50)
    monkeypatch.setattr("web.bulk_changes.SHORT", 50)
    adas.get("/contacts").press("Do it", do="tag", word="all", whom="all").press("Yes, do it")
    assert "0 of 122 looked at" in adas.text and adas.page.xpath("//*[@id='progress'][@data-fresh]")
    number = int(adas.path.rpartition("/")[2])
    assert bulk_change.step(number) and tagged("all") == 50
    with transaction() as tx:
        tx.execute(text("update bulk_changes set moved_at = now() - interval '2 minutes' where state = 'running'"))
        assert BulkChange.stuck(tx) == [number]
    jobs.change_many(number)
    assert "122 changed" in adas.get(adas.path).text and tagged("all") == 122


def test_what_is_stopped_stays_as_far_as_it_came(ada, adas, many, monkeypatch):
    monkeypatch.setattr(bulk_change, "PAGE", 50)
    monkeypatch.setattr("web.bulk_changes.SHORT", 50)
    adas.get("/contacts").press("Do it", do="tag", word="all", whom="all").press("Yes, do it")
    number = int(adas.path.rpartition("/")[2])
    bulk_change.step(number)
    adas.press("Stop")
    assert not bulk_change.step(number) and tagged("all") == 50
    assert "stopped" in adas.text
    with transaction() as tx:
        one = tx.scalars(select(Contact).where(Contact.tags.contains(["all"])).limit(1)).one()
        Erasure.begin(tx, one, Change(How.OPERATOR, "ada@example.com"))
    adas.press("Undo it").press("Yes, do it")
    assert "0 of 50 taken back" in adas.text and adas.page.xpath("//*[@id='progress'][@data-fresh]")
    jobs.change_many(number)
    assert "49 taken back; " in adas.get(adas.path).text and tagged("all") == 0


def test_whom_it_changed_is_forgotten_after_a_month(ada, adas, many, clock):
    adas.get("/contacts").press("Do it", do="untag", word="nobody", whom="all").press("Yes, do it")
    assert "Undo it" not in adas.text, "it changed nobody"
    adas.get("/contacts").press("Do it", do="tag", word="all", whom="all").press("Yes, do it")
    clock.forward(days=31)
    jobs.sweep_bulk_changes()
    assert "Undo it" not in adas.get(adas.path).text and tagged("all") == 122


def test_what_makes_no_sense_is_not_asked(adas):
    for query in ("", "noun=contacts&do=unsubscribe", "noun=contacts&do=tag&word=%00"):
        assert "Please choose" in adas.get(f"/bulk-changes/new?{query}").text


def test_another_workspaces_newsletter_is_not_asked_about(ada, charles, adas):
    asked = f"noun=subscribers&do=unsubscribe&publication_id={charles.publication}"
    assert adas.get(f"/bulk-changes/new?{asked}").status == 404


@pytest.mark.parametrize(("path", "first"), [("/contacts?beginning=p11", "p110"), ("/suppressions", "barred")])
def test_they_are_taken_away_as_a_file(adas, many, path, first):
    adas.get(path).press("As CSV")
    make_export(int(adas.path.rpartition("/")[2]))
    lines = adas.client.get(adas.get(adas.path).page.xpath("//a[. = 'Download']/@href")[0]).text.splitlines()
    assert lines[0].lstrip("\ufeff").startswith("email,") and len(lines) == (11 if "contacts" in path else 2)
    assert min(lines[1:]).startswith(first)
