"""Excel workbooks: bounded in memory and time whatever is in them. The awkward ones are in imports/test_files."""

import io
import time

import pytest

from models.imports.dialect import NoTable
from models.imports.kinds import KINDS
from models.imports.piece import PIECE, Joined
from models.imports.preview import Preview
from models.workbooks import formats
from models.workbooks.archive import LARGEST_DIRECTORY
from models.workbooks.workbook import Workbook
from tests.files import workbooks

COLLEAGUES = KINDS["team_members"]


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("46082", "yyyy-mm-dd", "2026-03-01"), ("46082.75", "d/m/yy h:mm", "2026-03-01 18:00"),
        ("0.75", "h:mm AM/PM", "18:00"), ("0.75", "General", "0.75"), ("46082", "mmm", "2026-03-01"),
        ("1.1041666666", "[h]:mm", "26:30"), ("59", "d.m.yyyy", "1900-02-28"), ("61", "d.m.yyyy", "1900-03-01"),
        ("0.9999999", "h:mm", "00:00"), ("12", "0.00", "12"), ("0.1", "0.00%", "10%"), ("1067", "00000", "01067"),
        ("5", '"day" 0', "5"), ("5", r"0\d", "5"), ("5", "0_d", "5"), ("5", "[Red]0", "5"), ("5", "#,##0 [$USD]", "5"),
        ("1E+20", "General", "1e+20"), ("-7.50", "General", "-7.5"), ("-7", "d.m.yyyy", "-7"), ("x", "General", "x"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_see_them(number, code, text):
    assert formats.shown(number, formats.look(code), since_1904=False) == text


def test_any_sheet_that_is_to_be_seen_can_be_chosen():
    def fill(made):
        made.active.append(["x"])
        for row in workbooks.TABLE:
            (made["B"] if "B" in made else made.create_sheet("B")).append(row)

    file = io.BytesIO(workbooks.library(fill))
    seen = Preview.of_workbook(file, COLLEAGUES, sheet="B")
    assert (seen.sheets, seen.dialect.sheet, seen.mapping) == (["Sheet", "B"], "B", ["name", "email"])
    with pytest.raises(NoTable, match="it has no sheet “C”: there is Sheet, B"):
        Preview.of_workbook(file, COLLEAGUES, sheet="C")


def test_it_reads_the_same_from_pieces_and_few_of_them_are_fetched_for_its_first_rows():
    texts = [f"{number * 7919 % 1_000_003:09}{number:09}" for number in range(200_000)]
    shared = "".join(f"<si><t>{each}</t></si>" for each in texts)
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in range(len(texts)))
    raw = workbooks.workbook(rows, sharedStrings_xml=f"<sst>{shared}</sst>")
    fetched = []

    def read(place):
        fetched.append(place)
        return raw[place * PIECE : (place + 1) * PIECE]

    file = io.BufferedReader(Joined(len(raw), read))
    assert Preview.of_workbook(file, COLLEAGUES).rows[0] == (2, [texts[1]])
    assert len(raw) > 1.5 * PIECE and len(fetched) <= 4
    assert [cells for _, cells in Workbook(file).rows()[1]] == [[each] for each in texts]


def test_a_directory_of_millions_of_names_is_refused_before_it_is_read():
    raw = bytearray(workbooks.MADE["places-not-said.xlsx"])
    raw[-10:-6] = (LARGEST_DIRECTORY + 1).to_bytes(4, "little")
    with pytest.raises(NoTable, match="more than 10,000 files"):
        Workbook(io.BytesIO(raw))


@pytest.mark.parametrize("at", range(0, 1_100, 9))
def test_a_damaged_workbook_is_refused_or_read_and_never_anything_else(at):
    raw = bytearray(workbooks.MADE["shared-and-rich-texts.xlsx"])
    raw[at : at + 3] = b"\xff\0\x7f"
    try:
        Preview.of_workbook(io.BytesIO(raw), COLLEAGUES)
    except NoTable as problem:
        assert str(problem)


def test_whoever_looks_for_its_first_rows_gives_up_in_time(monkeypatch):
    monkeypatch.setattr("models.imports.preview.PATIENCE", 0.2)
    file = io.BytesIO(workbooks.workbook("<row/>" * 1_500_000 + workbooks.PLAIN))
    began = time.monotonic()
    with pytest.raises(NoTable, match="it takes too long"):
        Preview.of_workbook(file, COLLEAGUES)
    assert time.monotonic() - began < 5
