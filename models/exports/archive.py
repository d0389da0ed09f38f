"""An archive of several files: each row says which file it goes on with, and what it adds.

A record, `{name: value}`, becomes a line of a `.csv` or an element of a `.json`; bytes are the file's own, as they are.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from models.exports import cells
from models.exports.zipped import Zipped


class Archive:
    kind = "application/zip"

    def __init__(self, known: dict[str, Any], columns: Sequence[str]):
        self.zip = Zipped(known.get("zip", {}))
        self.open, self.last = known.get("open", ""), known.get("last", "")  # a file, and what it ends with

    @property
    def known(self) -> dict[str, Any]:
        return {"zip": self.zip.known, "open": self.open, "last": self.last}

    def begin(self) -> bytes:
        return b""

    def page(self, rows: Iterable[Sequence[Any]]) -> bytes:
        return b"".join(self._add(name, [said for _, said in some]) for name, some in groupby(rows, lambda row: row[0]))

    def end(self) -> bytes:
        return self._close() + self.zip.close()

    def _add(self, name: str, said: list[Any]) -> bytes:
        is_new = name != self.open
        begun = self._close() + self.zip.begin(name) if is_new else b""
        self.open, self.last = name, "\n]\n" if _is_list(name, said) else ""
        return begun + self.zip.add(_written(name, said, is_new))

    def _close(self) -> bytes:
        last = self.zip.add(self.last.encode()) if self.last else b""
        return last + self.zip.end() if self.open else b""


def _written(name: str, said: list[Any], is_new: bool) -> bytes:
    if isinstance(said[0], bytes):
        return b"".join(said)
    return _list(said, is_new) if _is_list(name, said) else _table(said, is_new)


def _is_list(name: str, said: list[Any]) -> bool:
    return name.endswith(".json") and not isinstance(said[0], bytes)


def _table(records: list[Mapping[str, Any]], is_new: bool) -> bytes:
    file = io.StringIO("\ufeff" if is_new else "")
    file.seek(0, io.SEEK_END)
    rows = [[cells.harmless(value) for value in record.values()] for record in records]
    csv.writer(file).writerows([list(records[0]), *rows] if is_new else rows)
    return file.getvalue().encode()


def _list(records: list[Mapping[str, Any]], is_new: bool) -> bytes:
    lines = ",\n".join(json.dumps(record, ensure_ascii=False, default=cells.words) for record in records)
    return (("[\n" if is_new else ",\n") + lines).encode()
