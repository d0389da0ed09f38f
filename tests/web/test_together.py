"""Group commit of webhooks."""

import threading

import pytest

from web.together import Together


def test_each_gets_its_own_outcome_and_what_waits_meanwhile_goes_together():
    batches, begun, go = [], threading.Event(), threading.Event()

    def write(items):
        batches.append(list(items))
        begun.set()
        go.wait(5)
        return [item * 10 for item in items]

    together, outcomes = Together(write), {}
    threads = [threading.Thread(target=lambda n=n: outcomes.update({n: together(n)})) for n in range(20)]
    threads[0].start()
    begun.wait(5)
    for thread in threads[1:]:
        thread.start()
    while len(together._line) < 19:
        pass
    go.set()
    for thread in threads:
        thread.join()
    assert outcomes == {n: n * 10 for n in range(20)}
    assert [len(batch) for batch in batches] == [1, 19]


def test_one_that_cannot_be_written_harms_no_other():
    def write(items):
        if "bad" in items:
            raise ValueError("bad")
        return [item.upper() for item in items]

    together = Together(write)
    waiting = [type("W", (), {"item": item, "outcome": None, "is_done": False})() for item in ("a", "bad", "b")]
    together._line.extend(waiting)
    assert together("c") == "C"
    assert [waiting[0].outcome, waiting[2].outcome] == ["A", "B"]
    with pytest.raises(ValueError):
        together("bad")
