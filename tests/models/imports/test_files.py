"""Files as programs and people make them, each with what is to be made of it: tests/files/lists/expected.json."""

import json
import time
from pathlib import Path

import pytest

from models.imports.dialect import NoTable
from models.imports.kinds import KINDS
from models.imports.preview import looked_at

FOLDER = Path(__file__).resolve().parents[2] / "files" / "lists"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


def read(name):
    """What is made of a file, in the words of the expectation."""
    with (FOLDER / name).open("rb") as file:
        try:
            seen, _ = looked_at(file, KINDS["team_members"])
        except NoTable as problem:
            return {"refused": str(problem)}
    return {
        "encoding": seen.dialect.encoding,
        "delimiter": seen.dialect.delimiter,
        "sheet": seen.dialect.sheet,
        "columns": seen.columns,
        "rows": [cells for _, cells in seen.rows],
        "mapping": seen.mapping,
        "numbers": [number for number, _ in seen.rows],
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_taken_for_what_it_is(name):
    began = time.monotonic()
    found = read(name)
    assert time.monotonic() - began < 5
    assert {key: found.get(key) for key in EXPECTED[name]} == EXPECTED[name]


def test_every_file_says_what_is_expected_of_it():
    assert {file.name for file in FOLDER.iterdir()} - {"expected.json"} == EXPECTED.keys()
    assert len(EXPECTED) >= 40
