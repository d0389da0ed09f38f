"""Files that people take away: whole whoever makes them, and however often they are stopped."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import func, select

from jobs.door import queue_named
from jobs.exports import make_export, sweep_exports
from models import clock
from models.db import transaction
from models.exports import making
from models.exports.export import KEPT, Export, ExportPiece, State, pieces
from models.exports.forms import FORMS, Xlsx
from models.lists.list import List
from tests import people

MEMBERS = 25


@pytest.fixture
def mine():
    with transaction() as tx:
        workspace = people.workspace(tx)
        found = List.begin(tx, workspace.id, "Friends")
        found.grow(tx, {f"p{n:02}@example.com": f"=Nr. {n}" for n in range(MEMBERS)})
        return {
            "workspace_id": workspace.id,
            "source": "list",
            "about": {"list": found.id, "conditions": {}},
            "name": "F",
        }


def asked(mine, form="csv"):
    with transaction() as tx:
        return Export.ask(tx, {**mine, "form": form}).id


def table(number, form):
    raw = b"".join(pieces(number))
    with transaction() as tx:
        export = tx.get_one(Export, number)
        assert (export.state, export.rows, export.size) == (State.MADE, MEMBERS, len(raw))
    if form == "csv":
        return [line[:2] for line in csv.reader(io.StringIO(raw.decode("utf-8-sig")))]
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return [[cell.value for cell in row[:2]] for sheet in book for row in sheet.iter_rows()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page", [1, 7, 25, 26])
def test_it_is_the_same_whatever_pages_it_is_made_of(mine, form, page, monkeypatch):
    monkeypatch.setattr(making, "PAGE", page)
    number = asked(mine, form)
    make_export(number)
    mark = "'" if form == "csv" else ""
    expected = [["email", "name"], *([f"p{n:02}@example.com", f"{mark}=Nr. {n}"] for n in range(MEMBERS))]
    assert table(number, form) == expected


@pytest.mark.parametrize("form", FORMS)
def test_whoever_is_killed_in_the_middle_is_followed_by_another(mine, form, monkeypatch):
    monkeypatch.setattr(making, "PAGE", 4)
    number = asked(mine, form)
    assert making.step(number) and making.step(number)
    monkeypatch.setattr(FORMS[form], "end", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_export(number)
    monkeypatch.undo()
    make_export(number)
    make_export(number)
    assert len(table(number, form)) == MEMBERS + 1


def test_a_workbook_goes_on_on_another_sheet_below_the_same_names(mine, monkeypatch):
    monkeypatch.setattr(Xlsx, "most_rows", 11)
    number = asked(mine, "xlsx")
    make_export(number)
    found = table(number, "xlsx")
    assert [place for place, row in enumerate(found) if row == ["email", "name"]] == [0, 11, 22]
    assert len(found) == MEMBERS + 3


def test_signs_and_lengths_that_a_workbook_cannot_hold_are_told_so_that_it_opens():
    form, words = Xlsx({}, ["a"]), "x\x01\r_x0041_<&>"
    raw = form.begin() + form.page([[words], ["y" * 40_000]]) + form.end()
    _, first, second = openpyxl.load_workbook(io.BytesIO(raw)).active.iter_rows(values_only=True)
    assert first == ("x_x0001__x000D__x005F_x0041_<&>",)
    assert (len(second[0]), second[0][-1]) == (32_767, "…")


def test_one_that_is_asked_for_again_while_it_is_made_is_the_same_and_replaced_when_made_anew(mine):
    number = asked(mine)
    assert asked(mine) == number and asked(mine, "xlsx") != number
    make_export(number)
    later = asked(mine)
    assert later != number
    make_export(later)
    with transaction() as tx:
        assert tx.get(Export, number) is None
        assert set(tx.scalars(select(ExportPiece.export_id))) == {later}


def test_one_that_would_be_too_large_is_refused(mine, monkeypatch):
    monkeypatch.setattr(making, "PAGE", 4)
    monkeypatch.setattr(making, "LARGEST", 100)
    number = asked(mine)
    make_export(number)
    with transaction() as tx:
        export = tx.get_one(Export, number)
        assert (export.state, export.problem) == (State.REFUSED, making.TOO_LARGE)


def test_the_sweep_takes_up_what_lost_its_job_and_drops_what_is_old(mine, monkeypatch):
    number = asked(mine)
    sweep_exports()
    assert queue_named("low").jobs == []
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    sweep_exports()
    assert [job.args for job in queue_named("low").jobs] == [[number]]
    make_export(number)
    much_later = later + KEPT + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: much_later)
    sweep_exports()
    with transaction() as tx:
        assert tx.scalar(select(func.count(Export.id))) == tx.scalar(select(func.count(ExportPiece.place))) == 0
