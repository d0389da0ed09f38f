import time

import pytest
from rq.job import Job
from rq.serializers import JSONSerializer

from jobs.door import EnqueuedInTransaction, WrongOutcomes, find_job, is_final
from models.db import transaction
from tests.jobs import examples


def fetch(id, redis):
    return Job.fetch(id, connection=redis, serializer=JSONSerializer)


def test_a_job_called_like_a_function_runs_here_and_now(ran):
    examples.note("hello")

    assert ran() == ["hello"]


def test_a_job_for_later_is_an_rq_job_that_any_worker_can_import(redis):
    job = fetch(examples.row.later(7, 0.5), redis)

    assert job.func == examples.row
    assert (job.args, job.kwargs, job.origin, job.get_status()) == ([7, 0.5], {}, "low", "queued")
    assert (job.timeout, job.result_ttl, job.failure_ttl) == (30, 0, 4 * 24 * 3600)
    assert (job.retries_left, job.retry_intervals) == (1, [0])
    assert job.enqueued_at == job.created_at
    assert job.description == "tests.jobs.examples.row(7, 0.5)"


def test_many_jobs_are_enqueued_in_their_order(queue):
    assert examples.row.later_each((number, 0.0) for number in range(2_500)) == 2_500

    assert queue("low").count == 2_500
    assert [job.args[0] for job in queue("low").get_jobs(998, 4)] == [998, 999, 1000, 1001]


def test_a_job_asked_for_twice_in_the_same_second_to_come_runs_once(queue):
    moment = int(time.time()) + 3_600.5
    for argument in ("hello", "hello", "bye"):
        examples.note.later_in(moment - time.time(), argument)

    scheduled = queue("default").scheduled_job_registry
    assert scheduled.count == 2
    due = {scheduled.get_scheduled_time(id).timestamp() for id in scheduled.get_job_ids()}
    assert due == {moment + 0.5}


def test_nothing_is_scheduled_for_a_second_that_has_begun(queue):
    before = int(time.time())
    examples.note.later_in(0, "hello")

    scheduled = queue("default").scheduled_job_registry
    assert scheduled.get_scheduled_time(scheduled.get_job_ids()[0]).timestamp() > before


def test_none_to_enqueue_is_none_enqueued(redis):
    assert examples.note.later_each([]) == 0
    assert not redis.keys("rq:job:*")


def test_a_job_may_take_another_queue(queue):
    examples.note.later("a", queue="high")
    examples.note.on("high").later_each(["b", "c"])

    assert [job.args for job in queue("high").get_jobs()] == [["a"], ["b"], ["c"]]


def test_a_page_is_enqueued_whole_or_not_at_all(redis):
    with pytest.raises(TypeError):
        examples.note.later_each(["fine", object()])

    assert not redis.keys("rq:job:*")


def test_nothing_is_enqueued_before_commit():
    with transaction():
        with pytest.raises(EnqueuedInTransaction):
            examples.note.later("too soon")
        with pytest.raises(EnqueuedInTransaction):
            examples.note.later_each(["too soon"])

    examples.note.later("now")


def test_a_chunk_job_called_for_one_raises_its_outcome(ran):
    assert examples.letters(1) is None
    with pytest.raises(ValueError, match="letter 3"):
        examples.letters(3)

    assert ran("calls") == ["1", "1"]


def test_a_chunk_job_must_answer_for_each_of_its_arguments():
    with pytest.raises(WrongOutcomes):
        examples.miscounted_letters.together([1, 2])


def test_an_error_class_says_whether_another_try_may_help():
    assert is_final(examples.Refused())
    assert not is_final(ValueError())


def test_only_declared_jobs_are_found():
    assert find_job("tests.jobs.examples.note") == examples.note
    assert find_job("tests.jobs.examples.answer") is None


def test_an_ordinary_rq_worker_runs_our_jobs(process, queue, redis, ran):
    examples.note.later("hello")
    good, bad = examples.letters.later(1), examples.letters.later(3)
    refused = examples.refuse.later("no")

    arguments = ["worker", "--serializer", "json", "--worker-class", "rq.SimpleWorker", "--burst"]
    stock = process("rq.cli", *arguments, "--url", url(redis), "default", "mailers")

    assert stock.wait(60) == 0
    assert ran() == ["hello", "no"]
    assert ran("calls") == ["1", "1"]
    assert not Job.exists(good, connection=redis)
    assert queue("mailers").failed_job_registry.get_job_ids() == [bad]
    assert queue("default").failed_job_registry.get_job_ids() == [refused]


def url(redis):
    from config import settings

    return settings.redis_url
