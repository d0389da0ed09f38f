"""Short runs of the benchmarks that look for limits: what the machine gives, what a send takes, who waits for whom."""

import pytest

from tests.bench.run import reports


@pytest.fixture(scope="module")
def told():
    return reports("bench", "floor", "memory", "fairness", "--n", "2000", "--latency-ms", "5")


def test_the_floor_is_measured_together_and_one_by_one(told):
    found = told["floor"]
    assert (found["together"].keys(), found["one_by_one"].keys()) == ({"1", "4", "8"}, {"50", "200"})
    assert [each["lost"] for each in [*found["together"].values(), *found["one_by_one"].values()]] == [0] * 5


def test_memory_tells_what_a_worker_and_the_queues_held(told):
    found = told["memory"]
    assert (found["lost"], found["duplicates"], found["balanced"]) == (0, 0, True)
    assert 0 < found["first_rss_mb"] <= found["peak_rss_mb"] and found["peak_jobs"] > 0


def test_fairness_counts_every_sign_in_and_reminder(told):
    found = told["fairness"]
    assert (found["asked"], found["lost"], found["rows_left"]) == (10, 0, 0)
    assert found["reminders_sent_seconds"] > 0 and found["p95_ms"] > 0
