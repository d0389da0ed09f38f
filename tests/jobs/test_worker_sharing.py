"""Who gets the slots, and when several workers share the queues."""

import time

import pytest

from jobs.working.slots import SHARES, Slots
from tests.jobs import examples


def room(slots, queue):
    more, spare = slots.room(queue)
    return max(0, min(more, slots.free() - spare))


def fill(slots, queue):
    taken = 0
    while room(slots, queue):
        slots.take(queue)
        taken += 1
    return taken


def test_of_fifty_slots_newsletters_and_imports_leave_ten():
    slots = Slots(50)

    assert [fill(slots, queue) for queue in ("mailers", "low", "default", "high")] == [6, 25, 14, 5]


def test_a_queue_that_is_alone_still_leaves_room_for_what_matters_more():
    assert {queue: fill(Slots(50), queue) for queue in SHARES} == {"high": 50, "default": 45, "mailers": 6, "low": 25}


@pytest.mark.parametrize("total", [1, 2, 3])
def test_few_slots_still_serve_every_queue(total):
    assert all(fill(Slots(total), queue) >= 1 for queue in SHARES)


def test_a_released_slot_is_free_again():
    slots = Slots(1)
    slots.take("high")
    assert not slots.rooms(["high"]).any
    slots.release("high")

    assert slots.rooms(["high"]).any


def test_a_sign_in_starts_at_once_while_every_other_slot_is_busy(worker, eventually, ran):
    examples.row.later_each((number, 2) for number in range(100))
    examples.slow_letters.later_each(range(5_000))
    worker(slots=10, grace=0.1)
    time.sleep(0.5)
    began = time.monotonic()
    examples.sign_in.later("ada")

    eventually(lambda: "ada" in ran())
    assert time.monotonic() - began < 1


def test_an_idle_worker_notices_a_job_within_fifty_milliseconds(worker, eventually, ran):
    worker()
    examples.note.later("first")
    eventually(lambda: ran() == ["first"])
    waits = [_seconds_until_it_ran(word, ran) for word in "abcdef"]

    assert sorted(waits)[3] < 0.05


def test_two_workers_share_the_jobs_and_run_each_once(worker, eventually, ran, redis):
    one, two = worker(slots=5), worker(slots=5)
    examples.row.later_each((number, 0.01) for number in range(300))

    eventually(lambda: not redis.keys("rq:job*"))
    assert sorted(map(int, ran())) == list(range(300))
    one.terminate()
    two.terminate()
    assert (one.wait(30), two.wait(30)) == (0, 0)


def _seconds_until_it_ran(word, ran):
    time.sleep(0.06)
    began = time.monotonic()
    examples.note.later(word)
    while ran()[-1] != word:
        time.sleep(0.002)
    return time.monotonic() - began
