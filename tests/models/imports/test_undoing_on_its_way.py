"""An import being undone: its jobs are lost, repeated, broken and killed."""

import pytest

from jobs import imports as jobs
from jobs import undoing as undo_jobs
from jobs.door import queue_named
from models.db import transaction
from models.imports import undoing
from models.imports.file import Import
from models.imports.progress import Progress
from models.imports.row import ImportRow
from tests.models.imports.undone import PEOPLE, snapshot, states, undo
from tests.models.imports.work import outcomes, run, uploaded


def test_only_what_has_ended_is_undone_and_once(workspace):
    number = uploaded(workspace, PEOPLE)
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert not imported.undo(tx)
        assert imported.run(tx) and not imported.undo(tx)
        ids = ImportRow.pending(tx, number, 0, 2)
    jobs.import_row.together(ids)
    with transaction() as tx:
        assert tx.get_one(Import, number).cancel(tx)
    jobs.cancel_rows(number)
    undo(number)
    assert states(number) == ["undone", "undone", "canceled", "canceled", "canceled"]
    with transaction() as tx:
        imported = tx.get_one(Import, number)
        assert (imported.state, imported.undo(tx)) == ("undone", False)


def test_a_sweep_takes_up_what_lost_its_jobs_and_progress_moves(workspace, clock):
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
    clock.forward(seconds=11)
    undo_jobs.sweep_undoing()
    (fed,) = queue_named("low").jobs
    undo_jobs.feed_undo(*fed.args)
    waiting = [job.args[0] for job in queue_named("low").jobs][1:]
    assert len(waiting) == 4
    with transaction() as tx:
        progress = Progress.of(tx, number)
        assert (progress.state, progress.percent, progress.concerned) == ("undoing", 0, 4)
    undo_jobs.undo_row.together(waiting[:2])
    undo_jobs.undo_row.together(waiting[:2])
    with transaction() as tx:
        progress = Progress.of(tx, number)
        assert (progress.percent, progress.waiting, progress.per_second > 0) == (50, 2, True)
    undo_jobs.undo_row.together(waiting)
    with transaction() as tx:
        assert Progress.of(tx, number).state == "undone"


def test_a_row_that_breaks_our_code_stays_alone(workspace, monkeypatch):
    from models.imports import unseating

    number = uploaded(workspace, PEOPLE)
    run(number)
    real = unseating.manner.shown

    def broken(member):
        return real(member) if member.user.name != "Dorothy" else 1 / 0

    monkeypatch.setattr(unseating.manner, "shown", broken)
    undo(number)
    assert outcomes(number)[3] == (5, "kept", "ZeroDivisionError: division by zero")
    assert states(number)[:3] == ["undone"] * 3


def test_a_worker_that_dies_half_way_loses_and_repeats_nothing(workspace, clock, monkeypatch):
    """The transaction of a chunk ends after its last statement and before its commit."""
    clock.at("2026-03-02 12:00")
    before = snapshot()
    number = uploaded(workspace, PEOPLE)
    run(number)
    with transaction() as tx:
        assert tx.get_one(Import, number).undo(tx)
        ids = undoing.waiting(tx, number, 0, 10)
    undo_jobs.undo_row.together(ids[:1])
    half = snapshot(), outcomes(number)
    with pytest.raises(SystemExit), transaction() as tx:
        undoing.undo(tx, ids)
        raise SystemExit
    assert (snapshot(), outcomes(number)) == half
    undo_jobs.undo_row.together(ids)
    assert snapshot() == before
