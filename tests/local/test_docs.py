"""What the documents name is there, and their lines are short enough to be compared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.__main__ import BENCHES
from bench.drill import DRILLS

ROOT = Path(__file__).resolve().parents[2]
DOCS = [path for folder in (".", "docs", "sandbox") for path in sorted((ROOT / folder).glob("*.md"))]
ROOMS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
FILES = {path.name for room in ROOMS for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts}

_QUOTED = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"\w+\.(py|lua|toml|html|js|css|svg)")
_MODULE = re.compile(r"python -m ([\w.]+)")
_NAMED = {
    "bench": (re.compile(r"bin/bench ([a-z][a-z-]*)"), BENCHES),
    "drill": (re.compile(r"bin/drill ([a-z][a-z-]*)"), DRILLS),
}


@pytest.fixture(params=DOCS, ids=lambda path: path.name)
def words(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text())


def test_paths_and_files(words: str) -> None:
    quoted = {word for words in _QUOTED.findall(words) for word in words.split()}
    paths = {word for word in quoted if _FILE.fullmatch(word) or (word.partition("/")[0] in ROOMS and "/" in word)}
    assert [path for path in paths if not _is_there(path)] == []


def test_commands(words: str) -> None:
    assert [path for path in re.findall(r"\bbin/\w+", words) if not (ROOT / path).exists()] == []
    assert [name for name in _MODULE.findall(words) if not _is_module(name)] == []
    for command, registry in _NAMED.values():
        assert set(command.findall(words)) <= registry.keys()


def test_links(words: str) -> None:
    found = re.findall(r"\]\((?!https?:)([^)#]+)", words)
    assert [link for link in found if not any((path.parent / link).exists() for path in DOCS)] == []


def test_lines_can_be_compared(words: str) -> None:
    assert [number for number, line in _lines(words) if len(line) > 120] == []


def _is_there(path: str) -> bool:
    """Without what stands for a name of one's own: `emails/<name>.py`."""
    return any(mark in path for mark in ("<", "…", "(", "NNNN")) or (ROOT / path).exists() or path in FILES


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def _lines(words: str) -> Iterator[tuple[int, str]]:
    """What is neither a table nor code."""
    prose = re.sub(r"```.*?```", lambda code: "\n" * code[0].count("\n"), words, flags=re.DOTALL)
    yield from ((number, line) for number, line in enumerate(prose.splitlines(), 1) if not line.startswith("|"))
