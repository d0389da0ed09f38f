"""The queues, and jobs that failed."""

from datetime import timedelta

import pytest
from rq import SimpleWorker, Worker
from rq.registry import FailedJobRegistry
from rq.serializers import JSONSerializer

from jobs.connection import redis_connection
from jobs.door import queue_named
from jobs.inbound_emails import understand
from models import clock
from models.db import transaction
from models.sample import Sample
from web.failed_jobs import MOST


def failed(count, queue="high"):
    """Jobs that a real worker ran and that raised: a mail's number must be a number."""
    understand.on(queue).later_each([f"no number {n}" for n in range(count)])
    for job in queue_named(queue).jobs:
        job.retries_left = 0
        job.save()
    return run(queue)


def run(queue):
    SimpleWorker([queue], connection=redis_connection(), serializer=JSONSerializer).work(burst=True)
    return registry(queue).get_job_ids()


def registry(queue="high"):
    return FailedJobRegistry(queue, redis_connection(), serializer=JSONSerializer)


def cells(page, queue):
    return [cell.text_content() for cell in page.page.xpath(f"//tr[th[text()='{queue}']]/td")]


def test_each_queue_says_how_much_waits_and_since_when(ada, adas):
    understand.later_each(range(1_234))
    minute = clock.now().replace(second=0, microsecond=0)
    with transaction() as tx:
        for ago, ended in ((2, 30), (1, 90)):
            Sample.keep(tx, minute - timedelta(minutes=ago), {"ended high": ended})
    row = cells(adas.get("/queues"), "high")
    assert row[:4] == ["1,234", "0", "0", "0"]
    assert row[4] != "–" and row[5:] == ["–", "60"]
    assert cells(adas, "low") == ["0", "0", "0", "0", "–", "–", "–"]
    assert "No worker is running" in adas.text


def test_workers_are_listed_with_their_state(ada, adas):
    worker = Worker(["high", "low"], connection=redis_connection(), serializer=JSONSerializer)
    worker.register_birth()
    worker.set_state("busy")
    page = adas.get("/queues")
    assert "busy" in page.text
    assert "high, low" in page.text


def test_a_failed_job_shows_its_error_and_is_tried_again(ada, adas):
    (job_id,) = failed(1)
    page = adas.get("/queues/high/failed-jobs")
    assert "understand('no number 0')" in page.text
    assert "DataError: " in page.page.xpath("//article//summary")[0].text
    assert "Traceback" in page.page.xpath("//article//pre")[0].text
    page.press("Try again")
    assert "in the queue again" in page.text
    assert queue_named("high").job_ids == [job_id]
    assert registry().count == 0


def test_a_failed_job_is_discarded(ada, adas):
    failed(2)
    adas.get("/queues/high/failed-jobs").press("Discard").press("Yes, do it")
    assert registry().count == 1
    assert queue_named("high").count == 0


def test_all_are_tried_again_or_discarded_at_once(ada, adas):
    failed(3)
    adas.get("/queues/high/failed-jobs").press("Try all again")
    assert "3 in the queue again." in adas.text
    run("high")
    adas.get("/queues/high/failed-jobs").press("Discard all").press("Yes, do it")
    assert "3 gone." in adas.text
    assert redis_connection().keys("rq:job:*") == []


def test_very_many_are_dealt_with_by_the_press(ada, adas):
    connection, key = redis_connection(), registry().key
    connection.zadd(key, {f"expired-{n}": 9e9 for n in range(MOST + 10)})
    adas.get("/queues/high/failed-jobs").press(f"Discard {MOST}").press("Yes, do it")
    assert registry().count == 10
    adas.press("Try all again")
    assert registry().count == 0


def test_failed_jobs_come_by_pages(ada, adas):
    failed(25)
    first = adas.get("/queues/high/failed-jobs")
    shown = [each.text_content() for each in first.page.xpath("//article//code")]
    second = adas.get(first.page.xpath("//a[@rel='next']")[0].get("href"))
    shown += [each.text_content() for each in second.page.xpath("//article//code")]
    assert len(set(shown)) == 25


@pytest.mark.parametrize("page", ["x", "0", "-1", "9999999999", "²"])
def test_a_page_that_does_not_exist_is_harmless(ada, adas, page):
    assert adas.get(f"/queues/high/failed-jobs?page={page}").status == 200


def test_a_job_that_is_not_there_any_more_is_said_not_to_be(ada, adas):
    token = adas.page.find(".//input[@name='csrf_token']").get("value")
    for verb in ("retry", "discard"):
        answer = adas.client.post(f"/queues/high/failed-jobs/gone/{verb}", data={"csrf_token": token, "sure": "yes"})
        assert answer.status_code == 302


def test_a_job_that_is_not_among_the_failed_is_not_discarded(ada, adas):
    job_id = understand.later(1)
    token = adas.page.find(".//input[@name='csrf_token']").get("value")
    adas.client.post(f"/queues/high/failed-jobs/{job_id}/discard", data={"csrf_token": token, "sure": "yes"})
    assert queue_named("high").jobs[0].id == job_id


def test_queues_that_are_none_of_ours_are_no_pages(ada, adas):
    assert adas.get("/queues/rq:scheduler/failed-jobs").status == 404


def test_queues_belong_to_those_who_set_the_installation_up(ada, charles, signed_in):
    assert signed_in(charles.owner).get("/queues").status == 403


def test_without_redis_it_says_so(ada, adas, without_redis):
    page = adas.get("/queues")
    assert page.status == 503
    assert "Redis does not answer" in page.text
    assert adas.get("/queues/high/failed-jobs").status == 503
