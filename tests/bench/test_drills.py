"""Short drills, one after the other on the same servers: while this or that dies, everybody is sent one mail and the
account balances."""

import pytest

from tests.bench.run import report, reports

TROUBLES = [
    *("kill-worker", "kill-scheduler", "kill-web", "wipe-redis", "restart-redis", "restart-postgres"),
    *("provider-chaos", "deploy", "two-of-everything", "everything"),
]
SENDS, IMPORTS = ["kill-worker", "kill-web"], ["kill-import", "deploy-import"]
SHORT = ("--seconds", "6", "--seed", "7")


@pytest.fixture(scope="module")
def reminders():
    return reports("bench.drill", *TROUBLES, "--n", "240", *SHORT)


@pytest.fixture(scope="module")
def editions():
    return reports("bench.drill", *SENDS, "--send", "newsletter", "--n", "240", *SHORT)


@pytest.fixture(scope="module")
def imports():
    return reports("bench.drill", *IMPORTS, "--n", "2000", *SHORT)


@pytest.mark.parametrize("name", TROUBLES)
def test_every_reminder_is_sent_once_whatever_dies(reminders, name):
    found = reminders[name]
    assert found["kills"] > 0 or name == "two-of-everything"
    is_sound(found)


@pytest.mark.parametrize("name", SENDS)
def test_every_copy_of_an_edition_is_sent_once_whatever_dies(editions, name):
    assert editions[name]["kills"] > 0
    is_sound(editions[name])


def is_sound(found):
    assert (found["lost"], found["duplicates"], found["strays"], found["unknown"]) == (0, 0, 0, 0)
    assert found["balanced"] and found["clean"] and found["accepted"] == 240


def test_spoilt_mails_hurt_nothing_and_none_vanishes():
    found = report("bench.drill", "fuzz-inbound", "--n", "300", "--seed", "3")
    assert (found["server_errors"], found["stuck"], found["failed_jobs"], found["unaccounted"]) == (0, 0, 0, 0)
    assert found["clean"] and sum(found["statuses"].values()) == 300


@pytest.mark.parametrize("name", IMPORTS)
def test_every_row_of_a_file_is_done_once_whatever_dies(imports, name):
    found = imports[name]
    assert found["kills"] > 0
    assert (found["rows_lost"], found["seats_wrong"], found["invited_wrong"]) == (0, 0, 0)
    assert found["file_equal"] and found["clean"]
