"""bin/postroom import: a file comes from the shell as it would from the page."""

import sys

import pytest
from sqlalchemy import func, select

from jobs.door import queue_named
from local import importing
from models.db import transaction
from models.imports.file import Import
from models.imports.row import ImportRow
from tests import people


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Runs it on such a file and gives its exit code."""
    with transaction() as tx:
        people.team(tx, people.workspace(tx))

    def run(content, *more, by="ada@example.com"):
        (tmp_path / "people.csv").write_bytes(content)
        monkeypatch.setattr(sys, "argv", ["bin/postroom", "import", str(tmp_path / "people.csv"), "--by", by, *more])
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
        (b"mail\na@x.com\n", {"by": "grace@example.com"}, "grace@example.com manages no such workspace"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(shell, capsys, content, more, words):
    assert shell(content, **more) == 2
    assert words in capsys.readouterr().err


def test_subscribers_need_a_newsletter(shell, capsys):
    assert shell(b"mail\na@x.com\n", "--kind", "subscribers") == 2
    assert "say with --publication" in capsys.readouterr().err


def test_processes_are_asked_for_by_their_names(shell):
    assert shell(b"mail\ngrace@example.com\n", "--team", "Engine", "--verify", "risky") == 0
    with transaction() as tx:
        assert tx.scalar(select(Import.processes)) == {"verify": "risky"}
