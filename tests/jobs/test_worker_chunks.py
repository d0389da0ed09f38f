"""Jobs of a chunk function, fetched together, run as one call and end each in its own way."""

import time

import pytest
from rq.command import send_stop_job_command
from rq.job import Job
from rq.serializers import JSONSerializer

from tests.jobs import examples

pytestmark = pytest.mark.usefixtures("standing_worker")


def test_each_job_of_a_chunk_ends_in_its_own_way(eventually, ran, redis, queue):
    examples.letters.later_each(range(250))

    eventually(lambda: queue("mailers").failed_job_registry.count == 25)
    eventually(lambda: len(redis.keys("rq:job:*")) == 25)
    assert sum(map(int, ran("calls"))) == 250
    failed = queue("mailers").failed_job_registry.get_job_ids()
    jobs = Job.fetch_many(failed, connection=redis, serializer=JSONSerializer)
    assert all(f"ValueError: letter {job.args[0]}" in job.latest_result().exc_string for job in jobs)
    assert not redis.keys("rq:execution*") and not redis.keys("rq:wip*")


def test_chunks_are_filled_once_the_worker_knows_the_job(eventually, ran):
    examples.letters.later(1)
    eventually(lambda: ran("calls") == ["1"])
    examples.letters.later_each([2] * 250)

    eventually(lambda: sum(map(int, ran("calls"))) == 251)
    assert sorted(ran("calls")[1:]) == ["100", "100", "50"]


def test_while_a_chunk_runs_each_of_its_jobs_is_started(eventually, redis, queue, ran):
    ids = [examples.slow_letters.later(number) for number in range(20)]
    eventually(lambda: set(queue("mailers").started_job_registry.get_job_ids()) == set(ids))
    assert Job.fetch(ids[0], connection=redis, serializer=JSONSerializer).get_status() == "started"

    eventually(lambda: len(ran()) == 20 and not redis.keys("rq:job*"))
    assert len(set(ran())) == 20


def test_what_the_call_raises_every_job_of_it_raises(eventually, redis, queue):
    examples.lost_letters.later_each(range(30))

    failed = eventually(lambda: (ids := queue("mailers").failed_job_registry.get_job_ids()) and len(ids) == 30 and ids)
    jobs = Job.fetch_many(failed, connection=redis, serializer=JSONSerializer)
    assert all("the post office is closed" in job.latest_result().exc_string for job in jobs)


def test_jobs_tried_again_run_as_chunks_again(eventually, ran, redis, queue):
    examples.late_letters.later(0)
    eventually(lambda: queue("mailers").scheduled_job_registry.count == 1)
    redis.delete("tried", "calls")
    examples.late_letters.later_each(range(1, 100))

    eventually(lambda: queue("mailers").scheduled_job_registry.count >= 99)
    assert ran("calls") == ["99"]
    eventually(lambda: not redis.keys("rq:job:*"))
    assert sum(map(int, ran("calls"))) == 199
    assert len(ran("calls")) <= 4


def test_a_wrong_number_of_outcomes_fails_them_all(eventually, queue):
    examples.miscounted_letters.later_each(range(5))

    eventually(lambda: queue("mailers").failed_job_registry.count == 5)


def test_one_of_a_chunk_cannot_be_stopped_alone(eventually, redis, queue, ran):
    examples.slow_letters.later_each(range(10))
    ids = eventually(queue("mailers").started_job_registry.get_job_ids)
    send_stop_job_command(redis, ids[0], serializer=JSONSerializer)

    eventually(lambda: len(ran()) == 10)
    time.sleep(0.1)
    assert not queue("mailers").failed_job_registry.count
