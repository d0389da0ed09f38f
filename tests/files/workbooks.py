"""Writes the workbooks among tests/files/lists: python -m tests.files.workbooks

Most are written part by part, since what is awkward about them no library writes.
"""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl

FOLDER = Path(__file__).parent / "lists"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TABLE = [["Name", "E-Mail"], ["Jörg", "joerg@example.com"]]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()


def inline(rows: list[list[str]]) -> str:
    """Rows that do not say where they are, nor do their cells."""
    cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows)
    return "".join(f"<row>{each}</row>" for each in cells)


def workbook(rows: str, main: str = MAIN, about: str = "", **more: str | bytes) -> bytes:
    """One sheet of such rows; `more` are further parts of `xl/`, with `__` for `/` and `_xml` for `.xml`."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}">{about}'
        '<sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    named = {f"xl/{name.replace('__', '/').replace('_xml', '.xml')}": content for name, content in more.items()}
    return zipped(parts | named)


def relations(*each: tuple[str, str]) -> str:
    rows = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{t}" Target="{p}"/>' for n, (t, p) in enumerate(each, 1))
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def library(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.properties.created = made.properties.modified = datetime(2026, 3, 1)  # noqa: DTZ001
    fill(made)
    made.save(file)
    with ZipFile(file) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def everything(made: openpyxl.Workbook) -> None:
    sheet = made.active
    sheet.append(["Name", "E-Mail", "Since", "At", "Phone", "Zip", "Share", "Wanted", "Seen", "Worked", "Sum", "Long"])
    seen = datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001
    values = (491701234567, 1067, 0.255, True, seen, timedelta(hours=26.5), 0.1 + 0.2, 12.0)
    sheet.append(["Jörg Müller", "joerg@example.com", date(2026, 3, 1), time(18), *values])
    sheet["F2"].number_format, sheet["G2"].number_format, sheet["C2"].number_format = "00000", "0.0%", "d. mmmm yyyy"
    sheet.append([])
    sheet.append(["Zoë Ångström", " zoe@example.com ", None, None, "+44 20", None, None, False, None, None, -1.5, 1e20])


def hidden_first(made: openpyxl.Workbook) -> None:
    made.active.append(["secret", "x@example.com"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Nothing")
    for row in TABLE:
        made["Nothing"].append([]) if "People" not in made else None
        (made["People"] if "People" in made else made.create_sheet("People")).append(row)


def only_hidden(made: openpyxl.Workbook) -> None:
    made.active.append(["secret", "x@example.com"])
    made.active.sheet_state = "hidden"
    made.create_sheet("Nothing")


def merged(made: openpyxl.Workbook) -> None:
    for row in (["Team", "E-Mail"], ["Radio", "a@example.com"], [None, "b@example.com"]):
        made.active.append(row)
    made.active.merge_cells("A2:A3")


def chart_first(made: openpyxl.Workbook) -> None:
    for row in TABLE:
        made.active.append(row)
    made.create_chartsheet("Picture", 0)


def far_right(made: openpyxl.Workbook) -> None:
    for row in TABLE:
        made.active.append(row)
    made.active["XFD1"].number_format = "0.00"
    made.active["A9000"].number_format = "0.00"


def too_wide(made: openpyxl.Workbook) -> None:
    made.active.append(["x"] * 600)


def header_only(made: openpyxl.Workbook) -> None:
    made.active.append(["Name", "E-Mail"])


FORMULAS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>E-Mail</t></is></c><c r="B1" t="inlineStr"><is><t>N</t></is></c></row>'
    '<row r="2"><c r="A2" t="str"><f>B2&amp;"x"</f><v>a@example.com</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    '<row r="3"><c r="A3" t="e"><f>NA()</f><v>#N/A</v></c><c r="B3"><f>A1*2</f></c></row>'
)
SHARED = (
    '<row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>0</v></c></row>'
    '<row r="7"><c r="B7" t="s"><v>3</v></c><c r="C7" t="s"><v>2</v></c></row>'
)
TEXTS = (
    f'<sst xmlns="{MAIN}"><si><t>E-Mail</t></si><si><t xml:space="preserve"> Name </t></si>'
    "<si><r><t>jo</t></r><r><rPr><b/></rPr><t>erg@example.com</t></r></si>"
    '<si><t>Jörg_x000D_\n_x005F_</t><rPh sb="0" eb="1"><t>never</t></rPh></si></sst>'
)
SINCE_1904 = '<row><c s="1"><v>1</v></c><c t="d"><v>2026-03-01T00:00:00</v></c></row>'
DAYS = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[$-407]d/m/yy;@"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
PREFIXED = (
    f'<x:worksheet xmlns:x="{STRICT}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a@example.com</x:t></x:is>'
    "</x:c></x:row></x:sheetData></x:worksheet>"
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row>&b;</row></sheetData></worksheet>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_016)
PLAIN = inline(TABLE)

MADE: dict[str, bytes] = {
    "dates-hours-and-numbers.xlsx": library(everything),
    "hidden-and-empty-sheets-first.xlsx": library(hidden_first),
    "all-hidden.xlsx": library(only_hidden),
    "merged-cells.xlsx": library(merged),
    "chart-first.xlsx": library(chart_first),
    "formats-far-right.xlsx": library(far_right),
    "600-columns.xlsx": library(too_wide),
    "only-names.xlsx": library(header_only),
    "workbook-named.csv": library(merged),
    "formulas-with-and-without-values.xlsx": workbook(FORMULAS),
    "shared-and-rich-texts.xlsx": workbook(SHARED, sharedStrings_xml=TEXTS),
    "counted-from-1904.xlsx": workbook(
        inline([["Since", "Until"]]) + SINCE_1904, about='<workbookPr date1904="1"/>', styles_xml=DAYS
    ),
    "strict-with-prefixes.xlsx": workbook("", STRICT, worksheets__sheet1_xml=PREFIXED),
    "places-not-said.xlsx": workbook(PLAIN),
    "100000-columns.xlsx": workbook(inline([["x"] * 100_000])),
    "text-that-is-not-there.xlsx": workbook('<row><c t="s"><v>9</v></c></row>', sharedStrings_xml=TEXTS),
    "rows-backwards.xlsx": workbook('<row r="2"/><row r="1"/>'),
    "entities.xlsx": workbook("", worksheets__sheet1_xml=LAUGHS),
    "no-xml.xlsx": workbook("", worksheets__sheet1_xml="E-Mail;Name"),
    "endless-cell.xlsx": workbook(inline([["x" * 200_000]])),
    "endless-tag.xlsx": workbook("<row " + " " * 6_000_000 + "/>"),
    "deep.xlsx": workbook("<row>" * 3_000 + "</row>" * 3_000),
    "bomb.xlsx": workbook(" " * 30_000_000),
    "cut-off.xlsx": workbook(PLAIN)[:-40],
    "without-its-sheet.xlsx": zipped(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"))}
    ),
    "zip-renamed.xlsx": zipped({"people.csv": "mail\na@example.com\n"}),
    "libreoffice.ods": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
    "word-renamed.xlsx": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}),
    "binary.xlsb": zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"}),
    "with-a-password.xlsx": OLE + "EncryptedPackage".encode("utf-16-le") + bytes(480),
    "old.xls": OLE + "Workbook".encode("utf-16-le") + bytes(496),
}

if __name__ == "__main__":
    for name, content in MADE.items():
        (FOLDER / name).write_bytes(content)
