"""How a worker ends, and what becomes of its jobs."""

import signal
import time

from rq.command import send_shutdown_command
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import Worker

from tests.jobs import examples


def test_told_to_stop_it_ends_what_it_began_and_takes_nothing_new(worker, eventually, ran, queue, redis):
    child = worker(slots=2)
    examples.row.later(1, 1)
    eventually(lambda: queue("low").started_job_registry.get_job_ids())
    child.terminate()
    time.sleep(0.2)
    child.terminate()
    examples.note.later("for another")

    assert child.wait(30) == 0
    assert ran() == ["1"]
    assert queue("default").count == 1
    assert not redis.smembers("rq:workers")


def test_what_outlasts_the_grace_goes_back_to_the_head_of_its_queue(worker, eventually, queue, redis):
    first, second = examples.row.later(1, 20), examples.row.later(2, 20)
    child = worker("low", slots=4, grace=0.5)
    eventually(lambda: len(queue("low").started_job_registry.get_job_ids()) == 2)
    third = examples.row.later(3, 0)
    began = time.monotonic()
    child.send_signal(signal.SIGINT)

    assert child.wait(30) == 0
    assert time.monotonic() - began < 10
    assert queue("low").job_ids == [first, second, third]
    assert [job.get_status() for job in queue("low").jobs] == ["queued"] * 3
    assert [job.retries_left for job in queue("low").jobs] == [1, 1, 1]
    assert not redis.keys("rq:execution*") and not redis.keys("rq:wip*")


def test_an_idle_worker_leaves_at_once(worker):
    child = worker()
    began = time.monotonic()
    child.terminate()

    assert child.wait(30) == 0
    assert time.monotonic() - began < 8


def test_it_can_be_told_to_stop_through_redis(worker, redis):
    child = worker()
    send_shutdown_command(redis, Worker.all(connection=redis)[0].name)

    assert child.wait(30) == 0


def test_the_jobs_of_a_killed_worker_are_done_by_another(worker, eventually, ran, queue, redis):
    child = worker("low", life=2)
    examples.row.later(1, 1)
    examples.slow_letters.on("low").later_each([2, 3])
    eventually(lambda: len(queue("low").started_job_registry.get_job_ids()) == 3)
    child.kill()
    worker("low", life=2, upkeep=0.3)

    eventually(lambda: sorted(ran()) == ["1", "2", "3"], 10)
    eventually(lambda: not redis.keys("rq:job*"))


def test_a_job_that_ignores_its_timeout_ends_the_process_and_counts_as_abandoned(worker, eventually, queue, redis):
    child = worker(life=1, beat=0.3, wedged=0.5, grace=0.5)
    id = examples.ignore_the_time.later("asleep")

    assert child.wait(30) == 75
    assert queue("default").count == 0
    worker("high", upkeep=0.3)
    eventually(lambda: queue("default").job_ids == [id])


def test_heartbeats_keep_a_long_job_from_counting_as_abandoned(worker, eventually, queue, redis, ran):
    worker(beat=0.3, life=1, upkeep=0.2)
    id = examples.row.later("long", 3)
    eventually(lambda: queue("low").started_job_registry.get_job_ids(cleanup=False) == [id])
    time.sleep(2)

    assert queue("low").started_job_registry.get_job_ids(cleanup=False) == [id]
    assert Job.fetch(id, connection=redis, serializer=JSONSerializer).retries_left == 1
    eventually(lambda: ran() == ["long"] and not redis.keys("rq:job*"))
