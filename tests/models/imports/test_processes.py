"""Rows go through what their import asks for before they are done."""

import pytest
from sqlalchemy import select, text

from jobs import imports as jobs
from jobs.connection import redis_connection
from jobs.door import queue_named
from jobs.processes.processes import PROCESSES
from models.db import transaction
from models.imports import checks
from models.imports.file import Import
from models.imports.row import ImportRow
from tests.models.imports.work import outcomes, rows, run, uploaded

PEOPLE = """mail
grace@people.example
info@people.example
x@absent.example
x@servfail.example
nobody
x@gmial.com
"""
VERDICTS = ["deliverable", "risky", "undeliverable", "unknown", "undeliverable", "risky"]


def running(workspace, content=PEOPLE, choice="note", **said):
    """An import that has been checked and is run; and the ids of its rows."""
    number = uploaded(workspace, content, kind="contacts", options={}, processes={"verify": choice}, **said)
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
    return number, [row.id for row in rows(number)]


def work():
    """What a worker does with the queue, as often as there is something in it."""
    queue, passed = queue_named("low"), []
    while found := queue.jobs:
        queue.empty()
        for name in dict.fromkeys(job.func_name for job in found):
            passed.append(name.rpartition(".")[2])
            verb = getattr(jobs, passed[-1])
            arguments = [job.args for job in found if job.func_name == name]
            verb.together([ids[0] for ids in arguments]) if verb.chunk else [verb(*each) for each in arguments]
    return passed


@pytest.mark.parametrize(("choice", "left_out"), [("note", []), ("undeliverable", [4]), ("risky", [3, 4, 7])])
def test_every_row_gets_its_verdict_and_who_is_bad_is_left_out_as_was_said(workspace, nameserver, choice, left_out):
    number, _ = running(workspace, choice=choice)
    jobs.feed_import(number)
    assert work() == ["process_row", "import_row"]
    assert [row.verdict for row in rows(number)] == VERDICTS
    found = {row: (state, reason) for row, state, reason in outcomes(number)}
    assert [row for row, (state, _) in found.items() if state == "skipped"] == left_out
    assert found[6][0] == "invalid" and found[2] == ("created", "")
    if left_out:
        assert found[4] == ("skipped", "undeliverable: there is no domain absent.example")
    with transaction() as tx:
        assert checks.verdicts(tx, tx.get_one(Import, number)) == {
            "deliverable": 1,
            "risky": 2,
            "undeliverable": 2,
            "unknown": 1,
        }


def test_a_receipt_has_the_evidence_and_what_was_meant(workspace, nameserver):
    number, _ = running(workspace, choice="risky")
    jobs.feed_import(number)
    work()
    row = rows(number)[-1]
    assert row.reason.endswith("did you mean x@gmail.com?)")
    found = row.checks["verify"]
    assert found["evidence"][-1] == {"check": "typo", "result": "risky", "detail": "did you mean gmail.com?"}
    with transaction() as tx:
        verdict, evidence, suggestion = checks.cells(tx.get_one(Import, number), row)
    assert (verdict, suggestion) == ("risky", "x@gmail.com")
    assert "mx: its mail goes to mx.gmial.com; " in evidence


def test_no_row_is_done_before_it_is_processed_and_a_repeat_changes_nothing(workspace, nameserver):
    number, ids = running(workspace)
    jobs.import_row.together(ids)
    assert {row.state for row in rows(number)} == {"pending"}
    jobs.process_row.together(ids * 2)
    before = [row.checks for row in rows(number)]
    nameserver.questions.clear()
    redis_connection().flushdb()
    jobs.process_row.together(ids)
    work()
    jobs.process_row.together(ids)
    assert [row.checks for row in rows(number)] == before and nameserver.questions == []
    assert "pending" not in {row.state for row in rows(number)}


def test_an_emptied_redis_is_made_good_by_the_sweep(workspace, nameserver):
    number, ids = running(workspace)
    jobs.process_row.together(ids[:3])
    redis_connection().flushdb()
    jobs.sweep_imports()
    assert work() == ["feed_import", "process_row", "import_row"]
    assert "pending" not in {row.state for row in rows(number)}


def test_nothing_is_asked_while_it_is_paused(workspace, nameserver):
    number, ids = running(workspace)
    with transaction() as tx:
        assert tx.get_one(Import, number).pause(tx)
    jobs.process_row.together(ids)
    work()
    assert nameserver.questions == [] and {row.state for row in rows(number)} == {"pending"}


def test_without_name_servers_nobody_is_left_out_for_it(workspace):
    number, _ = running(workspace, "mail\ngrace@people.example\n", "risky")
    jobs.feed_import(number)
    work()
    assert [(row.state, row.verdict) for row in rows(number)] == [("created", "unknown")]


def test_rows_that_there_was_no_time_for_come_again(workspace, nameserver, monkeypatch):
    number, ids = running(workspace)
    monkeypatch.setattr("emails.resolver.PATIENCE", 0.0)
    jobs.process_row.together(ids)
    assert [row.verdict for row in rows(number)] == ["", "", "", "", "undeliverable", ""]
    monkeypatch.undo()
    work()
    assert [row.verdict for row in rows(number)] == VERDICTS


def test_a_process_that_breaks_on_a_row_finds_nothing_out_about_that_one_alone(workspace, nameserver, monkeypatch):
    verify = PROCESSES["verify"]
    whole = type(verify).run

    def broken(self, imported, choice, rows):
        if any("grace" in given["email"] for given in rows.values()):
            raise ZeroDivisionError("by zero")
        return whole(self, imported, choice, rows)

    monkeypatch.setattr(type(verify), "run", broken)
    number, ids = running(workspace)
    jobs.process_row.together(ids)
    work()
    assert [row.verdict for row in rows(number)] == ["unknown", *VERDICTS[1:]]
    assert rows(number)[0].checks["verify"]["evidence"][0]["detail"] == "ZeroDivisionError: by zero"


def test_a_process_that_is_no_more_holds_nobody_up(workspace):
    number = uploaded(workspace, "mail\na@people.example\n", kind="contacts", options={}, processes={"weigh": "all"})
    with transaction() as tx:
        assert tx.get_one(Import, number).run(tx)
    jobs.feed_import(number)
    work()
    assert [row.state for row in rows(number)] == ["created"]


def test_an_import_that_asks_for_nothing_is_done_at_once(workspace):
    number = uploaded(workspace, "mail\na@people.example\n", kind="contacts", options={})
    run(number)
    assert [(row.state, row.verdict, row.checks) for row in rows(number)] == [("created", "", {})]


def test_rows_of_the_release_before_have_nothing_to_show(workspace):
    number = uploaded(workspace, "mail\na@people.example\n", kind="contacts", options={})
    with transaction() as tx:
        tx.execute(text("update imports set processes = default; update import_rows set checks = default"))
        row = tx.scalars(select(ImportRow).filter_by(import_id=number)).one()
        assert (tx.get_one(Import, number).processes, row.checks, row.verdict) == ({}, {}, "")
