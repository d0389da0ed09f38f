"""Short drills: while this or that dies, every reminder is sent once and the account balances."""

import pytest

from tests.bench.run import report


@pytest.mark.parametrize("name", ["kill-worker", "wipe-redis", "provider-chaos", "deploy"])
def test_every_reminder_is_sent_once_whatever_dies(name):
    found = report("bench.drill", name, "--n", "240", "--seconds", "5", "--seed", "7")
    assert found["kills"] > 0
    assert (found["lost"], found["duplicates"], found["strays"], found["unknown"]) == (0, 0, 0, 0)
    assert found["balanced"] and found["clean"] and found["accepted"] == 240


def test_spoilt_mails_hurt_nothing_and_none_vanishes():
    found = report("bench.drill", "fuzz-inbound", "--n", "300", "--seed", "3")
    assert (found["server_errors"], found["stuck"], found["failed_jobs"], found["unaccounted"]) == (0, 0, 0, 0)
    assert found["clean"] and sum(found["statuses"].values()) == 300
