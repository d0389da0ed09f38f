"""One job after the other: what RQ promises holds."""

import subprocess
import sys
import time

import pytest
from rq import Callback
from rq.command import send_stop_job_command
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.suspension import resume, suspend
from rq.worker import Worker

from config import settings
from jobs import counting
from tests.jobs import examples
from tests.jobs.conftest import ROOT

pytestmark = pytest.mark.usefixtures("standing_worker")


def status(id, redis):
    return Job.fetch(id, connection=redis, serializer=JSONSerializer).get_status()


def traceback(id, redis):
    return Job.fetch(id, connection=redis, serializer=JSONSerializer).latest_result().exc_string


def test_a_job_that_went_well_leaves_nothing(eventually, ran, redis, queue):
    examples.note.later_each(["a", "b", "c"])

    eventually(lambda: len(ran()) == 3 and not redis.keys("rq:job*"))
    eventually(lambda: min(counting.totals()[f"{what} default"] for what in ("started", "ended")) >= 3)
    assert not redis.keys("rq:execution*") and not redis.keys("rq:wip*") and not redis.keys("rq:results*")


def test_a_running_job_is_seen_by_rq(eventually, redis, queue):
    eventually(lambda: Worker.all(connection=redis))
    id = examples.row.later(1, 1)
    eventually(lambda: status(id, redis) == "started")

    assert queue("low").started_job_registry.get_job_ids() == [id]
    assert " busy high, default, mailers, low. jobs: 0 finished, 0 failed" in info()
    eventually(lambda: " idle high, default, mailers, low. jobs: 1 finished, 0 failed" in info())
    assert not queue("low").started_job_registry.get_job_ids()


def info():
    command = [sys.executable, "-m", "rq.cli", "info", "--raw", "--url", settings.redis_url]
    return subprocess.check_output(command, cwd=ROOT, text=True)


def test_a_job_that_raises_fails_with_its_traceback(eventually, redis, queue):
    id = examples.stumble.later("over a stone")

    assert eventually(queue("default").failed_job_registry.get_job_ids) == [id]
    assert status(id, redis) == "failed"
    assert "ValueError: over a stone" in traceback(id, redis)


def test_a_failed_job_is_tried_again_after_its_interval(eventually, ran, redis, queue):
    id = examples.stumble_once.later("again")

    eventually(lambda: queue("default").scheduled_job_registry.get_job_ids() == [id])
    eventually(lambda: ran() == ["again"])
    eventually(lambda: not redis.keys("rq:job:*"))


def test_an_error_that_says_so_is_never_tried_again(eventually, ran, redis, queue):
    id = examples.refuse.later("no")

    assert eventually(queue("default").failed_job_registry.get_job_ids) == [id]
    assert ran() == ["no"]


def test_a_job_beyond_its_timeout_fails(eventually, ran, redis, queue):
    id = examples.dawdle.later("slow")

    assert eventually(queue("default").failed_job_registry.get_job_ids) == [id]
    assert "Task exceeded maximum timeout value (1 seconds)" in traceback(id, redis)
    assert not ran()


def test_a_job_that_cannot_be_imported_fails(eventually, queue, redis):
    id = queue("high").enqueue("tests.jobs.examples.nowhere").id

    assert eventually(queue("high").failed_job_registry.get_job_ids) == [id]
    assert "nowhere" in traceback(id, redis)


def test_jobs_enqueued_by_rq_have_their_callbacks_results_and_dependents(eventually, ran, queue):
    first = queue("high").enqueue(examples.answer, "yes", on_success=Callback(examples.after_success))
    queue("high").enqueue(examples.answer, "later", on_success=Callback(examples.after_success), depends_on=first)
    queue("high").enqueue(examples.answer, 5, on_failure=Callback(examples.after_failure))

    eventually(lambda: len(ran()) == 3)
    assert set(ran()) == {"success YES", "success LATER", "failure 'int' object has no attribute 'upper'"}
    assert first.return_value() == "YES"


def test_a_job_that_others_wait_for_sets_them_free(eventually, ran, queue, redis):
    waited_for = Job.fetch(examples.note.later("first"), connection=redis, serializer=JSONSerializer)
    queue("low").enqueue("tests.jobs.examples.row", 2, 0, depends_on=waited_for)

    eventually(lambda: ran() == ["first", "2"])


def test_a_job_may_ask_for_its_own_retry(eventually, queue, redis):
    job = queue("high").enqueue("builtins.eval", "__import__('rq').Retry(1)", result_ttl=0)

    assert eventually(queue("high").failed_job_registry.get_job_ids) == [job.id]
    assert [result.type.name for result in job.results()] == ["MAX_RETRIES_EXCEEDED", "RETRIED"]


def test_a_running_job_can_be_stopped(eventually, ran, redis, queue):
    id = examples.row.later(1, 0)
    eventually(lambda: ran() == ["1"])
    id = queue("low").enqueue("tests.jobs.examples.dawdle", "long", job_timeout=60, result_ttl=0).id
    eventually(lambda: status(id, redis) == "started")
    send_stop_job_command(redis, id, serializer=JSONSerializer)

    eventually(lambda: status(id, redis) == "stopped")
    assert ran() == ["1"]


def test_suspended_workers_take_nothing(eventually, ran, redis):
    eventually(lambda: Worker.all(connection=redis))
    suspend(redis)
    eventually(lambda: redis.hget(redis.srandmember("rq:workers"), "state") == b"suspended")
    examples.note.later("patience")
    time.sleep(0.1)
    assert not ran()

    resume(redis)
    eventually(lambda: ran() == ["patience"])
