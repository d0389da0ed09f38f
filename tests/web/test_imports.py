"""A manager uploads the team's file, looks at it, runs it, and downloads it with what became of each row."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import func, select

from models.db import transaction
from models.imports.row import ImportRow
from models.team_member import TeamMember
from tests.web.uploads import FILE, taken_away, upload, work


def test_from_the_file_to_the_receipt(ada, adas):
    upload(adas, FILE)
    assert adas.status == 200
    assert "Hedy" in adas.text and adas.path.endswith("/edit")
    chosen = [each.value for each in adas.page.xpath("//select[@name='mapping']")]
    assert chosen == ["", "email", "team"]
    adas.press("Check every row", mapping=["name", "email", "team"])
    assert "being read" in adas.text
    work()
    adas.get(adas.path)
    assert adas.page.xpath("//dl[@class='counts']//text()[normalize-space()]") == ["created", "1", "invalid", "1"]
    adas.press("Run it")
    work()
    adas.get(adas.path)
    assert "2 = 1 created + 1 invalid" in adas.text and "finished" in adas.text
    adas.get(adas.page.xpath("//a[. = 'Every row']/@href")[0])
    assert "'not one' is not an e-mail address" in adas.text
    adas.get(adas.page.xpath("//a[. = '2']/@href")[0])
    assert "Hedy" in adas.text and "Radio" in adas.text
    with transaction() as tx:
        assert tx.scalar(select(func.count(TeamMember.id)).where(TeamMember.workspace_id == ada.id)) == 3


def test_subscribers_and_contacts_are_imported_too(ada, adas):
    content = b"mail,name\nhedy@example.com,Hedy\n"
    adas.get(f"/publications/{ada.publication}")
    adas.get(adas.page.xpath("//a[. = 'Import a file']/@href")[0])
    assert adas.page.xpath("//select[@name='kind']")[0].value == "subscribers"
    adas.press("Upload", file=(io.BytesIO(content), "readers.csv")).press("Check every row")
    assert (adas.status, adas.errors) == (422, ["Please fill this in."])
    adas.press("Check every row", consent="on paper")
    work()
    adas.get(adas.path).press("Run it")
    work()
    assert "1 = 1 created" in adas.get(adas.path).text
    adas.get("/imports/new").press("Upload", file=(io.BytesIO(content), "people.csv"), kind="contacts")
    adas.press("Check every row", existing="overwrite")
    work()
    adas.get(adas.path).press("Run it")
    work()
    assert "1 = 1 unchanged" in adas.get(adas.path).text


def test_columns_must_be_named_and_each_once(ada, adas):
    upload(adas, FILE).press("Check every row", mapping=["name", "", "team"])
    assert (adas.status, adas.errors) == (422, ["Please say which column is the E-mail address."])
    adas.press("Check every row", mapping=["email", "email", "team"])
    assert adas.errors == ["Two columns cannot both be the E-mail address."]
    adas.press("Check every row", mapping=["name", "email", "team"], zone="Nowhere")
    assert adas.status == 422 and "no time zone" in adas.text


def test_what_was_said_of_the_same_columns_is_remembered(ada, adas):
    upload(adas, FILE).press("Check every row", mapping=["name", "email", "team"])
    work()
    adas.get(adas.path).press("Run it")
    upload(adas, FILE)
    assert [each.value for each in adas.page.xpath("//select[@name='mapping']")] == ["name", "email", "team"]


def test_it_can_be_paused_resumed_and_canceled(ada, adas):
    upload(adas, FILE).press("Check every row", mapping=["name", "email", "team"])
    work()
    adas.get(adas.path).press("Run it").press("Pause")
    work()
    assert "2 = 2 pending" in adas.get(adas.path).text
    adas.press("Resume").press("Pause").press("Cancel").press("Yes, do it")
    assert "2 = 2 canceled" in adas.text
    answer = adas.client.post(adas.path + "/run", headers={"Accept": "application/json"}, data=token(adas))
    assert answer.status_code in (200, 400)


def token(browser):
    found = browser.page.find(".//input[@name='csrf_token']")
    return {"csrf_token": found.get("value")} if found is not None else {}


@pytest.mark.parametrize("size", [1, 2, 1_000])
def test_the_finished_file_has_every_row_with_its_outcome_and_no_formula(ada, adas, size, monkeypatch):
    monkeypatch.setattr("models.exports.making.PAGE", size)
    upload(adas, 'E-Mail,Team,=A1\nhedy@example.com,Radio,"=HYPERLINK(""x"")"\nx,Radio,+1\nx@example.com,,\n')
    adas.press("Check every row", mapping=["email", "team", "name"])
    work()
    adas.get(adas.path).press("Run it")
    work()
    path = adas.path
    found = list(csv.reader(io.StringIO(taken_away(adas, path, "CSV with outcomes").decode("utf-8-sig"))))
    assert found[0] == ["E-Mail", "Team", "'=A1", "Row", "Outcome", "Reason", "Changes"]
    assert found[1][:5] == ["hedy@example.com", "Radio", '\'=HYPERLINK("x")', "2", "created"]
    assert [line[4] for line in found[2:]] == ["invalid", "invalid"]
    assert found[3][5] == "it names no team"
    book = openpyxl.load_workbook(io.BytesIO(taken_away(adas, path, "Excel with outcomes")))
    rows = [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert rows == [[cell.removeprefix("'") if cell[:2] in ("'=", "'+") else cell for cell in line] for line in found]
    assert {cell.data_type for row in book.active for cell in row} <= {"s", "n"}


def test_rows_are_found_by_outcome_and_page(ada, adas, monkeypatch):
    monkeypatch.setattr("web.listing.SIZE", 2)
    content = "mail,team\n" + "".join(f"p{n}@example.com,Radio\n" for n in range(5)) + "x,Radio\n"
    upload(adas, content).press("Check every row", mapping=["email", "team"])
    work()
    with transaction() as tx:
        number = tx.scalar(select(func.max(ImportRow.import_id)))
    adas.get(f"/imports/{number}/rows?state=created")
    seen = adas.page.xpath("//td[1]/a/text()")
    while more := adas.page.xpath("//a[@rel='next']/@href"):
        seen += adas.get(more[0]).page.xpath("//td[1]/a/text()")
    assert seen == ["2", "3", "4", "5", "6"]


def test_addresses_are_checked_first_if_wanted_and_each_row_shows_what_was_found(ada, adas, nameserver):
    upload(adas, "mail,team\nhedy@people.example,Radio\nx@absent.example,Radio\nx@gmial.com,Radio\n")
    adas.press("Check every row", mapping=["email", "team"], verify="undeliverable")
    work()
    adas.get(adas.path).press("Run it")
    work()
    adas.get(adas.path)
    assert "Check the addresses firstyes, and leave out who cannot get mail" in adas.text
    counts = adas.page.xpath("//h3[. = 'Addresses']/following-sibling::dl//text()[normalize-space()]")
    assert counts == ["deliverable", "1", "risky", "1", "undeliverable", "1"]
    path = adas.path
    adas.get(adas.page.xpath("//a[contains(@href, 'verdict=risky')]/@href")[0])
    assert adas.page.xpath("//td[1]/a/text()") == ["4"]
    adas.get(adas.page.xpath("//a[. = '4']/@href")[0])
    assert "Did you mean x@gmail.com ?" in adas.text.replace("x@gmail.com?", "x@gmail.com ?")
    assert "its mail goes to mx.gmial.com" in adas.text
    found = list(csv.reader(io.StringIO(taken_away(adas, path, "CSV with outcomes").decode("utf-8-sig"))))
    assert found[0][-3:] == ["Verdict", "Evidence", "Suggestion"]
    assert [line[-3] for line in found[1:]] == ["deliverable", "undeliverable", "risky"]
    assert found[2][3:5] == ["skipped", "undeliverable: there is no domain absent.example"]
    assert found[3][-1] == "x@gmail.com"
