"""The minute's tick."""

import threading
import time

import pytest
from rq.job import Job
from rq.serializers import JSONSerializer
from rq_scheduler import Scheduler

from jobs.schedule import JSONJob, Schedule

pytestmark = pytest.mark.filterwarnings("ignore:Version 0.22:FutureWarning", "ignore:.*utc:DeprecationWarning")
SCHEDULED = "rq:scheduler:scheduled_jobs"
FUNCTION = "tests.jobs.examples.answer"


@pytest.fixture
def schedule(redis):
    return Schedule(redis, FUNCTION)


@pytest.fixture
def overdue(schedule, redis):
    """A tick that should have run a while ago."""
    schedule.reconcile()
    redis.zadd(SCHEDULED, {"tick": time.time() - 600})


def test_there_is_one_tick_however_often_it_is_declared(schedule, redis):
    schedule.reconcile()
    schedule.reconcile()

    [(id, when)] = redis.zrange(SCHEDULED, 0, -1, withscores=True)
    assert id == b"tick"
    assert when % 60 == 0 and 0 <= when - time.time() <= 60
    job = Job.fetch("tick", connection=redis, serializer=JSONSerializer)
    assert (job.func_name, job.origin, job.args, job.kwargs) == (FUNCTION, "high", (), {}) or job.args == []


def test_what_an_earlier_release_scheduled_goes(schedule, redis):
    old = Scheduler("low", connection=redis, job_class=JSONJob)
    old.cron("0 4 * * *", "jobs.gone.gone", id="nightly")
    old.cron("*/5 * * * *", "jobs.gone.gone", id="tick")
    schedule.reconcile()

    assert redis.zrange(SCHEDULED, 0, -1) == [b"tick"]
    assert Job.fetch("tick", connection=redis, serializer=JSONSerializer).func_name == FUNCTION


def test_a_tick_that_is_due_is_enqueued_once_and_planned_again(overdue, schedule, redis, queue):
    schedule.look()
    schedule.look()

    assert queue("high").job_ids == ["tick"]
    assert redis.zscore(SCHEDULED, "tick") > time.time()


def test_declaring_the_tick_again_does_not_drop_one_that_is_due(overdue, schedule, queue):
    schedule.reconcile()
    schedule.look()

    assert queue("high").job_ids == ["tick"]


def test_many_schedulers_at_once_enqueue_one_tick(overdue, redis, queue):
    threads = [threading.Thread(target=Schedule(redis, FUNCTION).look) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert queue("high").job_ids == ["tick"]


def test_a_tick_that_was_lost_is_put_back(schedule, redis):
    schedule.reconcile()
    redis.flushdb()
    schedule.look()

    assert redis.zrange(SCHEDULED, 0, -1) == [b"tick"]


def test_the_scheduler_ticks_and_the_worker_runs_it_again_and_again(process, worker, redis, eventually, ran):
    scheduler = process("jobs.scheduler", "tests.jobs.examples.tick", TZ="America/New_York")
    worker("high")
    for times in (1, 2):
        eventually(lambda: redis.zscore(SCHEDULED, "tick"))
        redis.zadd(SCHEDULED, {"tick": time.time() - 1})
        eventually(lambda times=times: len(ran()) == times)
        assert redis.zscore(SCHEDULED, "tick") - time.time() <= 60
    redis.flushdb()
    eventually(lambda: redis.zscore(SCHEDULED, "tick"))

    scheduler.terminate()
    assert scheduler.wait(30) == 0
