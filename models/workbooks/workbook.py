"""An Excel workbook (ECMA-376) as the tables in it: which sheets there are, and their rows."""

import posixpath
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from math import inf
from time import monotonic
from typing import IO, NamedTuple

from models.imports.dialect import NoTable
from models.workbooks import formats, markup, sheet
from models.workbooks.archive import MARK, Archive
from models.workbooks.sheet import Manner
from models.workbooks.strings import Strings

LARGEST_PART = 20_000_000  # bytes, unpacked, of what says how the others are to be read
MOST_SHEETS = 1_000
MOST_STYLES = 65_536


class Sheet(NamedTuple):
    name: str
    part: str


class Workbook:
    """Raises `NoTable` for what is none; so may everything that reads on in it.

    patience: for how many seconds rows and texts are looked for.
    """

    def __init__(self, file: IO[bytes], patience: float = inf):
        self.until = monotonic() + patience
        self.archive = Archive(file)
        top = self._related("", "/officeDocument")
        main = next(iter(top.values()), "")
        if not main.lower().endswith(".xml"):
            raise NoTable("it is a zip archive that holds no Excel workbook")
        self.about = self._heard(main)
        sheets = self._related(main, "/worksheet")
        every = [Sheet(name, sheets[number]) for name, number in self.about.sheets if number in sheets]
        self.sheets = every[:MOST_SHEETS]
        self.manner = self._manner(main)

    @staticmethod
    def is_one(sample: bytes) -> bool:
        """Whether a file that begins so may be a workbook: a zip archive, at least."""
        return sample.startswith(MARK)

    def rows(self, name: str = "") -> tuple[str, Iterator[tuple[int, list[str]]]]:
        """The sheet of that name or number, or the first that has more than a title: its name and its rows."""
        if name:
            wanted = self._named(name)
            return wanted.name, self._rows(wanted)
        titled = ""
        for each in self.sheets:
            found = self._rows(each)
            first = list(islice(found, 2))
            if len(first) == 2:
                return each.name, chain(first, found)
            titled = titled or (each.name if first else "")
        if not titled:
            raise NoTable("none of its sheets that are to be seen has anything in it")
        return self.rows(titled)

    def _rows(self, wanted: Sheet) -> Iterator[tuple[int, list[str]]]:
        return sheet.rows(self.archive.open(wanted.part), self.manner, self.until)

    def _named(self, name: str) -> Sheet:
        """Numbers begin with 1, for those that are to be seen; a name counts more."""
        numbers = {str(number): each for number, each in enumerate(self.sheets, 1)}
        found = {**numbers, **{each.name: each for each in reversed(self.sheets)}}.get(name)
        if found:
            return found
        names = ", ".join(each.name for each in self.sheets)[:200]
        raise NoTable(f"it has no sheet “{name[:80]}”: there is {names}")

    def _manner(self, main: str) -> Manner:
        styles = next(iter(self._related(main, "/styles").values()), "")
        texts = next(iter(self._related(main, "/sharedStrings").values()), "")
        looks = self._heard(styles).looks() if self.archive.has(styles) else []
        part = self.archive.open(texts) if self.archive.has(texts) else None
        return Manner(looks, self.about.since_1904, Strings(part, self.until))

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """`{id: part}`: what a part says that it needs, of one kind."""
        folder, name = posixpath.split(part)
        list_of = posixpath.join(folder, "_rels", f"{name}.rels")
        found = self._heard(list_of).relations if self.archive.has(list_of) else []
        return {
            number: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            for number, type_, target in found
            if type_.endswith(kind)
        }

    def _heard(self, part: str) -> "_About":
        about = _About()
        if self.archive.has(part) and self.archive.parts[part.lower()].file_size > LARGEST_PART:
            raise NoTable(f"it is a damaged workbook: {part[:100]} is far too large")
        markup.heard(self.archive.open(part), about)
        return about


class _About:
    """What the small parts say: a workbook's sheets, the relations of a part, the styles of cells."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False
        self.relations: list[tuple[str, str, str]] = []
        self.codes = dict(formats.BUILT_IN)
        self.styles: list[int] = []
        self.inside = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        told = attributes.get
        if tag == "sheet" and told("state", "visible") == "visible":
            number = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            self.sheets.append((told("name", ""), number))
        elif tag == "workbookPr":
            self.since_1904 = told("date1904", "") in ("1", "true")
        elif tag == "Relationship" and told("TargetMode", "") != "External":
            self.relations.append((told("Id", ""), told("Type", ""), told("Target", "")))
        elif tag == "numFmt":
            self.codes[_id(told("numFmtId", ""))] = told("formatCode", "")[:300]
        elif tag == "xf" and self.inside == "cellXfs" and len(self.styles) < MOST_STYLES:
            self.styles.append(_id(told("numFmtId", "")))
        elif tag in ("cellXfs", "cellStyleXfs"):
            self.inside = tag

    def end(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def text(self, words: str) -> None:
        """What matters here stands in attributes."""

    def looks(self) -> list[formats.Look]:
        return [formats.look(self.codes.get(style, formats.GENERAL)) for style in self.styles]


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
