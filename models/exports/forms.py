"""How a file is written: as text with commas, an Excel workbook, an archive of files. Each page is its next bytes."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from xml.sax.saxutils import escape

from models.exports import cells
from models.exports.archive import Archive
from models.exports.zipped import Zipped

Cells = Sequence[object]


class Form(Protocol):
    """Made anew for each page, of what its `known` was after the page before."""

    kind: str

    def __init__(self, known: dict[str, Any], columns: Sequence[str]) -> None: ...

    @property
    def known(self) -> dict[str, Any]: ...

    def begin(self) -> bytes: ...

    def page(self, rows: Iterable[Cells]) -> bytes: ...

    def end(self) -> bytes: ...


class Csv:
    kind = "text/csv; charset=utf-8"

    def __init__(self, known: dict[str, Any], columns: Sequence[str]):
        self.columns = columns
        self.known: dict[str, Any] = {}

    def begin(self) -> bytes:
        """Excel takes it for UTF-8 by the mark."""
        return b"\xef\xbb\xbf" + self.page([self.columns])

    def page(self, rows: Iterable[Cells]) -> bytes:
        file = io.StringIO()
        csv.writer(file).writerows([cells.harmless(cell) for cell in row] for row in rows)
        return file.getvalue().encode()

    def end(self) -> bytes:
        return b""


class Xlsx:
    """Every cell is a text (ECMA-376 part 1, 18.3.1.53), so that none is calculated and no number loses its noughts.

    What a sheet does not hold goes onto the next one, below the same names.
    """

    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    most_rows = 1_048_576
    most_bytes = 3_000_000_000  # of a sheet, unpacked: zip counts to 4 GB
    longest = 32_767  # characters of a cell

    def __init__(self, known: dict[str, Any], columns: Sequence[str]):
        self.columns, self.zip = columns, Zipped(known.get("zip", {}))
        self.sheets, self.rows = known.get("sheets", 0), known.get("rows", 0)

    @property
    def known(self) -> dict[str, Any]:
        return {"zip": self.zip.known, "sheets": self.sheets, "rows": self.rows}

    def begin(self) -> bytes:
        self.sheets += 1
        self.rows = 1
        head = f"{_XML}<worksheet {_MAIN}><sheetData>{_row(self.columns, self.longest)}"
        return self.zip.begin(f"xl/worksheets/sheet{self.sheets}.xml") + self.zip.add(head.encode())

    def page(self, rows: Iterable[Cells]) -> bytes:
        written, waiting = [], list(rows)
        while waiting:
            if self.rows >= self.most_rows or self.zip.unpacked > self.most_bytes:
                written.append(self._end_sheet() + self.begin())
            fits = waiting[: self.most_rows - self.rows]
            waiting = waiting[len(fits) :]
            written.append(self.zip.add("".join(_row(row, self.longest) for row in fits).encode()))
            self.rows += len(fits)
        return b"".join(written)

    def end(self) -> bytes:
        written = self._end_sheet()
        numbers = range(1, self.sheets + 1)
        parts = {
            "xl/workbook.xml": _WORKBOOK.format("".join(map(_SHEET.format, numbers))),
            "xl/_rels/workbook.xml.rels": _RELATIONS.format("".join(map(_TO_SHEET.format, numbers))),
            "_rels/.rels": _RELATIONS.format(_TO_WORKBOOK),
            "[Content_Types].xml": _TYPES.format("".join(map(_TYPE.format, numbers))),
        }
        for name, content in parts.items():
            written += self.zip.whole(name, (_XML + content).encode())
        return written + self.zip.close()

    def _end_sheet(self) -> bytes:
        return self.zip.add(b"</sheetData></worksheet>") + self.zip.end()


FORMS: dict[str, type[Form]] = {"csv": Csv, "xlsx": Xlsx}  # of a table, as people choose
WRITTEN: dict[str, type[Form]] = {**FORMS, "zip": Archive}


def _row(row: Cells, longest: int) -> str:
    return f"<row>{''.join(_cell(cells.words(value), longest) for value in row)}</row>"


def _cell(text: str, longest: int) -> str:
    if not text:
        return "<c/>"
    shown = text if len(text) <= longest else f"{text[: longest - 1]}…"
    plain = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPE.sub("_x005F_", shown))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(plain)}</t></is></c>'


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_VND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{{}}</sheets></workbook>'
_SHEET = '<sheet name="Rows {0}" sheetId="{0}" r:id="rId{0}"/>'
_RELATIONS = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
_TO_SHEET = f'<Relationship Id="rId{{0}}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{{0}}.xml"/>'
_TO_WORKBOOK = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_VND}.sheet.main+xml"/>{{}}</Types>'
)
_TYPE = f'<Override PartName="/xl/worksheets/sheet{{0}}.xml" ContentType="{_VND}.worksheet+xml"/>'
