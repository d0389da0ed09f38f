"""What the columns of a file are, by their names and by what stands in them."""

import re
from collections.abc import Sequence

from models.imports import cells
from models.imports.cells import Unreadable
from models.imports.kind import Kind


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Names of columns are no addresses."""
    return bool(rows) and not any("@" in cell for cell in rows[0])


def names(rows: Sequence[Sequence[str]], header: bool) -> list[str]:
    """What the columns are called, numbered where they have no name."""
    first = list(rows[0]) if header and rows else []
    width = max((len(row) for row in ([first] if first else rows)), default=0)
    return [(first[place] if place < len(first) else "") or f"Column {place + 1}" for place in range(width)]


def mapping(kind: Kind, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """For each column the word of the field that it is, or nothing."""
    found = [""] * len(columns)
    several = {field.word for field in kind.fields if field.several}
    for place, column in enumerate(columns):
        word = _by_name(kind, column)
        if word and (word in several or word not in found):
            found[place] = word
    for place in range(len(columns)):
        word = "" if found[place] else _by_content([row[place] for row in rows if place < len(row) and row[place]])
        if word and word not in found and word in {field.word for field in kind.fields}:
            found[place] = word
    return found


def _by_name(kind: Kind, column: str) -> str:
    plain = re.sub(r"[\W_]+", "", column.casefold())
    return next((field.word for field in kind.fields if plain in field.known_as), "")


def _by_content(filled: Sequence[str]) -> str:
    if not filled:
        return ""
    if sum("@" in cell for cell in filled) > len(filled) * 0.6:
        return "email"
    return "zone" if sum("/" in cell and _is_zone(cell) for cell in filled) > len(filled) * 0.6 else ""


def _is_zone(cell: str) -> bool:
    try:
        cells.zone(cell)
    except Unreadable:
        return False
    return True
