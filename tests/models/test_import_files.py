"""Files as programs and people make them, each with what is to be made of it: tests/files/lists/expected.json."""

import json
from pathlib import Path

import pytest

from models.imports.dialect import Dialect, NoTable
from models.imports.kinds import KINDS
from models.imports.preview import Preview

FOLDER = Path(__file__).resolve().parents[1] / "files" / "lists"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())


def read(name):
    """What is made of a file, in the words of the expectation."""
    raw = (FOLDER / name).read_bytes()
    try:
        seen = Preview.of(raw, Dialect.of(raw), KINDS["team_members"], whole=True)
    except NoTable as problem:
        return {"refused": str(problem)}
    return {
        "encoding": seen.dialect.encoding,
        "delimiter": seen.dialect.delimiter,
        "columns": seen.columns,
        "rows": [cells for _, cells in seen.rows],
        "mapping": seen.mapping,
        "numbers": [number for number, _ in seen.rows],
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_taken_for_what_it_is(name):
    found = read(name)
    assert {key: found.get(key) for key in EXPECTED[name]} == EXPECTED[name]


def test_every_file_says_what_is_expected_of_it():
    assert {file.name for file in FOLDER.iterdir()} - {"expected.json"} == EXPECTED.keys()
    assert len(EXPECTED) >= 40
