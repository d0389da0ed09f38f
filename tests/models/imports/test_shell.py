"""bin/postroom import: a file comes from the shell as it would from the page."""

import signal
import sys

import pytest
from sqlalchemy import func, select

from jobs.door import queue_named
from local import exporting, importing
from models.db import transaction
from models.imports.file import Import
from models.imports.row import ImportRow
from models.publication import Publication
from tests import people
from tests.files.workbooks import library


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Runs it on such a file and gives its exit code."""
    with transaction() as tx:
        people.team(tx, people.workspace(tx))

    def run(content, *more, by="ada@example.com", file=tmp_path / "people.csv"):
        (tmp_path / "people.csv").write_bytes(content)
        monkeypatch.setattr(sys, "argv", ["bin/postroom", "import", str(file), "--by", by, *more])
        return importing.main()

    return run


def test_it_says_what_would_become_of_every_row_and_changes_nothing(shell, capsys):
    assert shell(b"Name;E-Mail\nGrace;grace@example.com\nX;y\n", "--team", "Engine") == 0
    told = capsys.readouterr().out
    assert "Name as name, E-Mail as email" in told and "1 created" in told and "1 invalid" in told
    assert "Nothing has changed yet: http://postroom.test/imports/1" in told
    assert queue_named("low").jobs == []


def test_with_run_its_rows_are_on_their_way(shell):
    assert shell(b"mail\ngrace@example.com\n", "--team", "Engine", "--run") == 0
    assert [job.args for job in queue_named("low").jobs] == [[1]]
    with transaction() as tx:
        assert tx.scalar(select(Import.state)) == "running"
        assert tx.scalar(select(func.count(ImportRow.id))) == 1


@pytest.mark.parametrize(
    ("content", "more", "words"),
    [
        (b"%PDF-1.7", {}, "it is a PDF"),
        (b"a,b\n1,2\n", {}, "none of its columns looks like addresses: a, b"),
        (b"mail\na@x.com\n", {"by": "grace@example.com"}, "grace@example.com manages no workspace here"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(shell, capsys, content, more, words):
    assert shell(content, **more) == 2
    assert words in capsys.readouterr().err


def test_which_of_several_workspaces_and_newsletters_is_asked_with_their_names(shell, capsys):
    with transaction() as tx:
        other = people.workspace(tx, name="Difference")
        people.workspace(tx, name="Difference")
        tx.add(Publication(workspace_id=other.id, name="Letters"))
    for asked in ((), ("--workspace", "Difference"), ("--workspace", "Nowhere")):
        assert shell(b"mail\na@x.com\n", *asked) == 2
        assert "Difference (2), Difference (3)" in capsys.readouterr().err
    subscribers = ("--kind", "subscribers", "--consent", "on paper", "--workspace", "2")
    assert shell(b"mail\na@x.com\n", *subscribers, "--publication", "Letter") == 2
    assert "Letters (1)" in capsys.readouterr().err
    assert shell(b"mail\na@x.com\n", *subscribers, "--publication", "Letters") == 0


def test_a_file_or_a_zone_that_is_not_there_is_said_in_a_sentence(shell, capsys, tmp_path):
    assert shell(b"mail\na@x.com\n", "--zone", "Nowhere") == 2
    assert "there is no time zone “Nowhere”" in capsys.readouterr().err
    for path, words in ((tmp_path, "Is a directory"), (tmp_path / "none.csv", "No such file or directory")):
        assert shell(b"", file=path) == 2
        assert capsys.readouterr().err == f"{path}: {words}\n"
    with transaction() as tx:
        assert tx.scalar(select(func.count(Import.id))) == 0


def test_whoever_stops_it_half_way_is_told_what_becomes_of_it(shell, capsys):
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.6, 2.0)  # again, should the first one come where none can be raised
    try:
        assert shell(b"mail\n" + b"".join(b"p%d@example.com\n" % n for n in range(300_000)), "--team", "Engine") == 130
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert "stopped" in capsys.readouterr().err.lower()


def test_subscribers_need_a_newsletter(shell, capsys):
    assert shell(b"mail\na@x.com\n", "--kind", "subscribers") == 2
    assert "say with --publication" in capsys.readouterr().err


def test_processes_are_asked_for_by_their_names(shell):
    assert shell(b"mail\ngrace@example.com\n", "--team", "Engine", "--verify", "risky") == 0
    with transaction() as tx:
        assert tx.scalar(select(Import.processes)) == {"verify": "risky"}


def test_a_list_of_addresses_needs_the_lists_name(shell, capsys):
    assert shell(b"mail\na@x.com\n", "--kind", "list") == 2
    assert "say with --list" in capsys.readouterr().err
    assert shell(b"mail\na@x.com\n", "--kind", "list", "--list", "Fair") == 0
    assert "1 created" in capsys.readouterr().out


@pytest.mark.parametrize("sheet", ["Readers", "2"])
def test_a_sheet_of_a_workbook_is_named_or_numbered(shell, capsys, sheet):
    def fill(book):
        book.active.append(["mail"])
        book.active.append(["first@example.com"])
        book.create_sheet("Readers").append(["mail"])
        for name in ("grace", "hedy"):
            book["Readers"].append([f"{name}@example.com"])

    assert shell(library(fill), "--team", "Engine", "--sheet", sheet) == 0
    told = capsys.readouterr().out
    assert "Read as the sheet Readers: mail as email" in told and "2 created" in told
    assert shell(library(fill), "--team", "Engine", "--sheet", "3") == 2
    assert "it has no sheet “3”: there is Sheet, Readers" in capsys.readouterr().err
    assert shell(b"mail\na@x.com\n", "--sheet", sheet) == 2
    assert "it is no workbook, and has no sheets" in capsys.readouterr().err


def test_an_import_is_taken_away_as_a_file(shell, tmp_path, monkeypatch, capsys):
    assert shell(b"mail\ngrace@example.com\n", "--team", "Engine") == 0
    for number, name, code in ((1, "out.xlsx", 0), (1, "out.csv", 0), (9, "out.csv", 2)):
        monkeypatch.setattr(sys, "argv", ["bin/postroom", "--started-in", str(tmp_path), "export", str(number), name])
        assert exporting.main() == code
    line = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig").splitlines()[1]
    assert line == "grace@example.com,2,expected: created,,"
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
    assert "There is no import 9." in capsys.readouterr().err
