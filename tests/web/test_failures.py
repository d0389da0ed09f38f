"""What failed, by its cause."""

import time

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from jobs import failures
from jobs.connection import redis_connection
from jobs.door import queue_named
from jobs.editions import address_edition
from jobs.inbound_emails import understand
from web import failures as page_of_failures


def fail(*enqueued):
    """Real workers run what was enqueued, for the last time, and it raises."""
    for queue in {queue for queue, _ in enqueued}:
        for job in queue_named(queue).jobs:
            job.retries_left = 0
            job.save()
        SimpleWorker([queue], connection=redis_connection(), serializer=JSONSerializer).work(burst=True)


def three_causes():
    """Five that are one cause in two queues, one of another job, one of another message."""
    understand.later_each([f"no number {n}" for n in range(4)])
    understand.on("low").later("no number at all")
    understand.later(2**70)
    address_edition.later("x")
    fail(("high", 5), ("low", 1), ("default", 1))


def headings(page):
    return [each.text_content() for each in page.page.xpath("//article//span[contains(@class, 'tag')]")]


def test_what_failed_for_one_reason_is_one_cause(ada, adas):
    three_causes()
    page = adas.get("/failures")
    assert "7 failed jobs" in page.text and "3 causes" in page.text
    assert headings(page)[0].split() == ["5", "×", "high,", "low"]
    assert "understand('no number" in page.text
    assert "Traceback" in page.page.xpath("//article//pre")[0].text


def test_a_cause_shows_samples_with_their_tracebacks(ada, adas):
    three_causes()
    cause = adas.get("/failures").page.xpath("//article//h2/a/@href")[0]
    page = adas.get(cause)
    assert len(page.page.xpath("//article")) == 5
    assert "DataError" in page.page.xpath("//h1")[0].text_content()
    adas.press("Try again")
    assert "6 failed jobs" in adas.get("/failures").text


def test_few_are_tried_again_or_discarded_at_once_and_no_others(ada, adas):
    three_causes()
    adas.get("/failures").press("Try all again")
    assert "5 in their queues again." in adas.text and "2 failed jobs" in adas.text
    assert (queue_named("high").count, queue_named("low").count) == (4, 1)
    adas.press("Discard all").press("Yes, do it").press("Discard all").press("Yes, do it")
    assert "Nothing failed." in adas.text
    assert adas.get("/failures/0123456789abcdef").status == 200


def test_many_are_dealt_with_by_a_job_which_leaves_what_fails_again(ada, adas, monkeypatch):
    monkeypatch.setattr(page_of_failures, "AT_ONCE", 3)
    three_causes()
    digest = next(group.cause.digest for group in page_of_failures.groups())
    adas.get("/failures").press("Discard all").press("Yes, do it")
    assert "being done" in adas.text and "7 failed jobs" in adas.text
    (job,) = queue_named("default").jobs
    failures.settle_cause(digest, "discard", time.time() - 60)
    assert sum(failures.registry(queue).count for queue in ("high", "default", "low")) == 7, "they failed later"
    failures.settle_cause(*job.args)
    assert sum(failures.registry(queue).count for queue in ("high", "default", "low")) == 2


def test_words_that_vary_do_not_make_another_cause():
    def cause(words):
        trace = f'Traceback\n  File "a.py", line {len(words)}, in b\n    c()\nbox.Error: {words}\nDETAIL: more'
        return failures.Failure("id", "low", "f", "f(1)", None, trace).cause

    assert cause("row 17 of ada@example.com at 0xbeef") == cause("row 18 of grace@example.net at 0x17")
    assert cause("it is away").error == "box.Error"
    assert cause("it is away") != cause("it is late")


def test_they_are_operators_alone(ada, charles, graces, signed_in):
    for outsider in (graces, signed_in(charles.owner)):
        assert outsider.get("/failures").status == 403


def test_without_redis_it_says_so(ada, adas, without_redis):
    assert adas.get("/failures").status == 503
