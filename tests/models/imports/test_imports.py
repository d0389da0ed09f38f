"""An import on its way: read, paused, canceled, swept, forgotten, counted."""

from sqlalchemy import select, text

from jobs import imports as jobs
from models.db import transaction
from models.imports.file import Import
from models.imports.row import ImportRow
from models.workspace import Workspace
from tests.models.imports.work import PEOPLE, progress, rows, run, uploaded


def test_nothing_is_done_while_it_is_paused_or_after_it_is_canceled(workspace):
    number = uploaded(workspace, PEOPLE)
    ids = [row.id for row in rows(number)]
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert imported.run(tx) and imported.pause(tx)
    jobs.import_row.together(ids)
    assert progress(number).states == {"pending": 5}
    with transaction() as tx:
        assert tx.get_one(Import, number).cancel(tx)
    jobs.import_row.together(ids)
    assert progress(number).states == {"canceled": 5}
    jobs.cancel_rows(number)
    assert {row.state for row in rows(number)} == {"canceled"}
    jobs.sweep_imports()
    with transaction() as tx:
        assert tx.get_one(Import, number).finished_at
        assert tx.scalar(text("select count(*) from import_pieces")) == 0


def test_reading_goes_on_where_it_stopped_and_an_older_check_stops(workspace, monkeypatch):
    from models.imports import reading

    monkeypatch.setattr(reading, "PAGE", 3)
    content = "mail\n" + "".join(f"p{n}@example.com\n" for n in range(10))
    number = uploaded(workspace, content)
    with transaction() as tx:
        assert tx.get_one(Import, number).check(tx)
    some = reading.pages(number, 2)
    next(some), next(some)
    assert len(rows(number)) == 6
    assert list(reading.pages(number, 1)) == []
    list(reading.pages(number, 2))
    assert list(some) == []
    assert [row.number for row in rows(number)] == list(range(2, 12))
    assert progress(number).state == "checked"


def test_what_stops_being_a_table_is_refused_with_the_reason(workspace):
    number = uploaded(workspace, "mail\n" + "a@example.com\n" * 30 + "x" * 1_000_001)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert (imported.state, imported.problem) == ("refused", "line 32 is longer than 1,000,000 characters")
        assert not imported.run(tx)


def test_a_sweep_takes_up_what_lost_its_job(workspace, clock):
    from jobs.door import queue_named

    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        imported.check(tx)
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert [job.args for job in queue_named("low").jobs] == [[number, 2]]
    jobs.read_import(number, 2)
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
    jobs.sweep_imports()
    assert [job.func_name.split(".")[-1] for job in queue_named("low").jobs][1:] == ["feed_import"]
    jobs.feed_import(number)
    assert len(queue_named("low").jobs) == 2 + 5


def test_a_workspace_that_is_deleted_takes_its_imports_along(workspace):
    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        tx.delete(tx.get_one(Workspace, workspace))
    assert rows(number) == []


def test_what_nobody_runs_is_forgotten_after_a_month(workspace, clock):
    run(uploaded(workspace, "mail\na@example.com\n"))
    unrun = uploaded(workspace, PEOPLE)
    clock.forward(days=29)
    jobs.sweep_imports()
    assert len(rows(unrun)) == 5
    clock.forward(days=2)
    jobs.sweep_imports()
    with transaction() as tx:
        assert not tx.get_one(Import, unrun).run(tx)
    for _ in range(2):
        jobs.forget_import(unrun)
    with transaction() as tx:
        assert tx.scalars(select(Import.id)).all() == [unrun - 1]


def test_rows_are_counted_whoever_changes_them_and_the_counts_kept_short(workspace, clock):
    def counted():
        with transaction() as tx:
            tallies = tx.execute(text("select state, sum(count) from import_tallies group by 1 having sum(count) <> 0"))
            rows_ = tx.execute(text("select state, count(*) from import_rows group by 1"))
            assert dict(map(tuple, tallies)) == dict(map(tuple, rows_))
            return tx.scalar(text("select count(*) from import_tallies"))

    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        tx.execute(text("update import_rows set state = 'failed' where number = 2"))
        tx.execute(text("delete from import_rows where number = 3"))
    before = counted()
    assert progress(number).states == {"invalid": 2, "skipped": 1, "failed": 1}
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert counted() < before
    jobs.sweep_imports()
    with transaction() as tx:
        tx.delete(tx.get_one(Workspace, workspace))
    clock.forward(seconds=61)
    jobs.sweep_imports()
    assert counted() == 0


def test_an_import_whose_rows_are_being_done_gets_no_second_feed(workspace, clock):
    from jobs.door import queue_named

    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
        (first,) = ImportRow.pending(tx, number, 0, 1)
    jobs.import_row.together([first])
    jobs.sweep_imports()
    assert queue_named("low").jobs == []
    clock.forward(seconds=11)
    jobs.sweep_imports()
    assert [job.args for job in queue_named("low").jobs] == [[number]]
