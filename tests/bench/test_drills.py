"""Short drills: while this or that dies, every reminder is sent once and the account balances."""

import pytest

from tests.bench.run import report


@pytest.mark.parametrize("name", ["kill-worker", "wipe-redis", "provider-chaos", "deploy"])
def test_every_reminder_is_sent_once_whatever_dies(name):
    found = report("bench.drill", name, "--n", "240", "--seconds", "5", "--seed", "7")
    assert found["kills"] > 0
    assert (found["lost"], found["duplicates"], found["strays"], found["unknown"]) == (0, 0, 0, 0)
    assert found["balanced"] and found["clean"] and found["accepted"] == 240
