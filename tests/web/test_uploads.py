"""Files of people are uploaded: what is a table, how it is read, and what is not kept."""

import io
from datetime import time

from sqlalchemy import func, select

from models.db import transaction
from models.imports.file import Import
from models.imports.piece import Piece
from models.imports.row import ImportRow
from tests.files import workbooks
from tests.web.uploads import upload, work


def test_a_workbook_comes_in_like_any_other_table_from_the_sheet_that_is_chosen(ada, adas):
    upload(adas, workbooks.library(two_sheets), "people.xlsx")
    assert adas.page.xpath("//select[@name='sheet']/option/text()") == ["Notes", "People"]
    assert "Encoding" not in adas.text
    path = adas.path
    adas.get(f"{path}?sheet=Nowhere")
    assert "it has no sheet “Nowhere”: there is Notes, People" in adas.text
    adas.get(f"{path}?sheet=People").press("Check every row", mapping=["name", "email", "reminder_hour"])
    work()
    assert "an Excel workbook, on the sheet People" in adas.get(adas.path).text
    assert adas.page.xpath("//dl[@class='counts']//text()[normalize-space()]") == ["invalid", "1"]
    with transaction() as tx:
        assert tx.scalar(select(ImportRow.cells).order_by(ImportRow.id.desc())) == ["Hedy", "hedy@example.com", "17:30"]
        assert tx.scalar(select(ImportRow.number).order_by(ImportRow.id.desc())) == 3


def two_sheets(made):
    made.active.title = "Notes"
    made.active.append(["nothing to see"])
    sheet = made.create_sheet("People")
    for row in (["Wer", "Mail", "Ask at"], [], ["Hedy", "hedy@example.com", time(17, 30)]):
        sheet.append(row)


def test_what_is_no_table_is_refused_with_the_reason_and_not_kept(ada, adas):
    upload(adas, b"PK\x03\x04" + bytes(100), "team.csv")
    assert adas.status == 422
    assert adas.errors == ["team.csv cannot be read as a table: it is a zip archive that is damaged or cut off."]
    with transaction() as tx:
        assert tx.scalar(select(func.count(Import.id)).where(Import.workspace_id == ada.id)) == 1
    adas.get("/imports/new").press("Upload")
    assert (adas.status, adas.errors) == (422, ["Please choose a file."])


def test_the_dialect_can_be_corrected_and_is_kept(ada, adas):
    upload(adas, "mail;name\nhedy@example.com;Żółw\nx@example.com;Ł\n".encode("cp1250"))
    path = adas.path
    adas.get(f"{path}?encoding=cp1252&delimiter=;&header=yes")
    assert "¯ó³w" in adas.text
    adas.get(f"{path}?encoding=cp1250&delimiter=;&header=no")
    assert "Żółw" in adas.text and "Column 1" in adas.text
    adas.press("Check every row", mapping=["email", "name"], team="Team of Ada")
    work()
    with transaction() as tx:
        imported = tx.scalars(select(Import).order_by(Import.id.desc())).first()
        assert (imported.encoding, imported.has_header, imported.state) == ("cp1250", False, "checked")


def test_a_large_file_is_kept_by_the_piece(ada, adas):
    content = "mail\n" + "".join(f"someone{number:07}@example.com\n" for number in range(100_000))
    upload(adas, content)
    with transaction() as tx:
        found = select(func.count(), func.sum(func.length(Piece.content))).where(Piece.import_id > ada.imported)
        assert tx.execute(found).one() == (3, len(content))


def test_an_upload_without_its_token_is_refused(ada, adas):
    answer = adas.client.post("/imports", data={"file": (io.BytesIO(b"mail\na@x.com\n"), "a.csv")})
    assert answer.status_code == 400
