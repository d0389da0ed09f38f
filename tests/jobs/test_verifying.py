"""Addresses are verified: each domain is asked about once, and an answer is kept while it holds."""

import sys
import time
from threading import Thread

import pytest

from jobs.turns import LONGEST, turn
from jobs.verifying import verify
from local import verifying
from models.db import transaction
from models.suppression import Suppression
from tests import people


@pytest.fixture
def workspace():
    with transaction() as tx:
        return people.workspace(tx).id


def verdicts(found):
    return {text: str(finding.verdict) for text, finding in found.items()}


def test_each_address_gets_its_verdict_and_each_domain_one_question(workspace, nameserver):
    with transaction() as tx:
        about = {"reason": "HardBounce", "origin": "Postmark"}
        Suppression.impose(tx, workspace, "gone@people.example", "outbound", **about)
    texts = ["Ada@People.Example", "b@people.example", "info@people.example", "gone@people.example", "x@null.example"]
    texts += ["x@absent.example", "x@servfail.example", "nobody", "x@silent.example", "żółw@bücher.example", ""]
    assert verdicts(verify(workspace, texts)) == {
        "Ada@People.Example": "deliverable",
        "b@people.example": "deliverable",
        "info@people.example": "risky",
        "gone@people.example": "undeliverable",
        "x@null.example": "undeliverable",
        "x@absent.example": "undeliverable",
        "x@servfail.example": "unknown",
        "x@silent.example": "unknown",
        "żółw@bücher.example": "deliverable",
        "nobody": "undeliverable",
        "": "undeliverable",
    }
    assert nameserver.questions.count(("people.example", "MX", "udp")) == 1


def test_what_was_heard_is_kept_and_what_was_not_is_asked_again(workspace, nameserver, clock):
    texts = ["a@people.example", "a@servfail.example"]
    verify(workspace, texts)
    heard = len(nameserver.questions)
    verify(workspace, texts)
    assert len(nameserver.questions) == heard
    clock.forward(seconds=31)
    verify(workspace, texts)
    assert [name for name, _, _ in nameserver.questions[heard:]] == ["servfail.example"]


def test_no_connection_is_held_while_name_servers_are_asked(workspace, nameserver):
    from models.db import engine

    asking = Thread(target=verify, args=[workspace, ["a@silent.example"]])
    asking.start()
    time.sleep(0.5)
    held = engine().pool.checkedout()
    asking.join()
    assert (held, nameserver.questions != []) == (0, True)


def test_without_name_servers_nothing_is_held_against_anybody(workspace):
    found = verify(workspace, ["a@people.example", "nobody"])
    assert verdicts(found) == {"a@people.example": "unknown", "nobody": "undeliverable"}
    assert "nobody could be asked about people.example" in found["a@people.example"].reason


def test_turns_come_so_many_a_second_after_a_first_second_at_once():
    waits = [turn("test", 10) for _ in range(30)]
    assert waits[:10] == [0.0] * 10
    assert waits[29] == pytest.approx(1.9, abs=0.2)


def test_turns_that_are_too_far_away_are_not_given_out():
    waits = [turn("test", 1) for _ in range(60)]
    assert len([wait for wait in waits if wait is not None]) <= LONGEST + 3
    assert waits[-1] is None


def test_the_shell_tells_the_verdict_and_its_grounds(workspace, nameserver, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["bin/postroom", "--started-in", ".", "verify", "info@people.example", "nobody"])
    assert verifying.main() == 1
    told = capsys.readouterr().out
    assert "info@people.example: risky" in told and "info@ is an office and not a person" in told
    assert "nobody: undeliverable" in told
    monkeypatch.setattr(sys, "argv", ["bin/postroom", "verify", "ada@people.example", "--workspace", "Analytical"])
    assert verifying.main() == 0
