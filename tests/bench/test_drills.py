"""Short drills: while this or that dies, everybody is sent one mail and the account balances."""

import pytest

from tests.bench.run import report

TROUBLES = [
    *("kill-worker", "kill-scheduler", "kill-web", "wipe-redis", "restart-redis", "restart-postgres"),
    *("provider-chaos", "deploy", "two-of-everything", "everything"),
]


@pytest.mark.parametrize("name", TROUBLES)
def test_every_reminder_is_sent_once_whatever_dies(name):
    found = report("bench.drill", name, "--n", "240", "--seconds", "6", "--seed", "7")
    assert found["kills"] > 0 or name == "two-of-everything"
    is_sound(found)


@pytest.mark.parametrize("name", ["kill-worker", "kill-web"])
def test_every_copy_of_an_edition_is_sent_once_whatever_dies(name):
    found = report("bench.drill", name, "--send", "newsletter", "--n", "240", "--seconds", "6", "--seed", "7")
    assert found["kills"] > 0
    is_sound(found)


def is_sound(found):
    assert (found["lost"], found["duplicates"], found["strays"], found["unknown"]) == (0, 0, 0, 0)
    assert found["balanced"] and found["clean"] and found["accepted"] == 240


def test_spoilt_mails_hurt_nothing_and_none_vanishes():
    found = report("bench.drill", "fuzz-inbound", "--n", "300", "--seed", "3")
    assert (found["server_errors"], found["stuck"], found["failed_jobs"], found["unaccounted"]) == (0, 0, 0, 0)
    assert found["clean"] and sum(found["statuses"].values()) == 300


@pytest.mark.parametrize("name", ["kill-import", "deploy-import"])
def test_every_row_of_a_file_is_done_once_whatever_dies(name):
    found = report("bench.drill", name, "--n", "2000", "--seconds", "6", "--seed", "7")
    assert found["kills"] > 0
    assert (found["rows_lost"], found["seats_wrong"], found["invited_wrong"]) == (0, 0, 0)
    assert found["file_equal"] and found["clean"]
