"""The labelled replies and the hostile mails, read once each."""

from tests.bench.run import report


def test_replies_tells_what_was_read_right_by_language_and_program():
    found = report("bench", "replies", "--n", "1")
    assert (found["name"], found["right"], found["n"]) == ("replies", found["labelled"], found["labelled"])
    assert (found["labelled"] > 500, len(found["languages"]) > 20, len(found["clients"]) > 15) == (True, True, True)
    assert 0 < found["median_ms"] <= found["worst_ms"] and found["hostile_worst"] in found["hostile_ms"]
