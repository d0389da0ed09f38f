"""The parts of a workbook, which is a zip archive: looked at before anything is unpacked.

What stands in the archive's own directory is enough to refuse a bomb: no part is ever read beyond the size given there.
"""

import struct
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models.imports.dialect import NoTable

MARK = b"PK\x03\x04"
MOST_PARTS = 10_000
LARGEST_DIRECTORY = 2_000_000  # bytes
LARGEST_SUM = 1_000_000_000  # bytes, unpacked
LARGEST_RATIO = 250  # unpacked to packed, of what is larger than a SMALL part
SMALL = 20_000_000
_SAVE = "save the sheet as .xlsx or CSV first"
_OTHERS = {
    "word/document.xml": "it is a Word document",
    "ppt/presentation.xml": "it is a presentation",
    "xl/workbook.bin": f"it is a binary Excel workbook (.xlsb): {_SAVE}",
    "index/document.iwa": f"it is a Numbers document: {_SAVE}",
    "content.xml": f"it is an OpenDocument file: {_SAVE}",
}


class Archive:
    """Raises `NoTable` for what is none, is no workbook, or would unpack to more than anybody can want."""

    def __init__(self, file: IO[bytes]):
        _bound_directory(file)
        try:
            self.zip = ZipFile(file)
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            raise NoTable("it is a zip archive that is damaged or cut off") from None
        self.parts = {info.filename.replace("\\", "/").lower(): info for info in self.zip.infolist()}
        self._refuse_others()
        self._bound()

    def has(self, name: str) -> bool:
        return name.lower() in self.parts

    def open(self, name: str) -> IO[bytes]:
        """A part, unpacked as it is read."""
        try:
            return self.zip.open(self.parts[name.lower()])
        except KeyError:
            raise NoTable(f"it is a damaged workbook: it lacks {name[:100]}") from None
        except (BadZipFile, NotImplementedError, RuntimeError):
            raise NoTable("it is a damaged workbook") from None

    def _refuse_others(self) -> None:
        for name, reason in _OTHERS.items():
            if self.has(name):
                raise NoTable(reason)
        if not self.has("[content_types].xml"):
            raise NoTable("it is a zip archive: unpack it first")

    def _bound(self) -> None:
        if len(self.parts) > MOST_PARTS:
            raise NoTable(f"it is a zip archive of more than {MOST_PARTS:,} files")
        if sum(info.file_size for info in self.parts.values()) > LARGEST_SUM:
            raise NoTable(f"it would unpack to more than {LARGEST_SUM // 10**9} GB")
        for info in self.parts.values():
            if info.flag_bits & 1 or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise NoTable("it is a zip archive with a password, or packed in an unusual way")
            if _is_bomb(info):
                raise NoTable("it would unpack to far more than any table: it looks like a zip bomb")


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > max(SMALL, LARGEST_RATIO * info.compress_size)


def _bound_directory(file: IO[bytes]) -> None:
    """Whoever opens an archive reads its directory whole. Where its size stands: APPNOTE.TXT, 4.3.14 to 4.3.16."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 22:
        raise NoTable("it is a zip archive that is damaged or cut off")
    directory = struct.unpack_from("<I", end, place + 12)[0]
    if end[max(0, place - 20) : place].startswith(b"PK\x06\x07") and place >= 76:
        directory = struct.unpack_from("<Q", end, place - 36)[0]
    if directory > LARGEST_DIRECTORY:
        raise NoTable(f"it is a zip archive of more than {MOST_PARTS:,} files")
