"""The installation at a glance."""

from datetime import timedelta

import pytest
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import select

from jobs import counting, samples
from jobs.connection import redis_connection
from jobs.door import QUEUES, queue_named
from jobs.inbound_emails import understand
from models import clock
from models.audit_event import AuditEvent
from models.db import transaction
from models.edition import Edition
from models.sample import Sample


def shown(page, name):
    return " ".join(page.page.get_element_by_id(name).text_content().split())


def minute():
    return clock.now().replace(second=0, microsecond=0)


def work():
    SimpleWorker(QUEUES, connection=redis_connection(), serializer=JSONSerializer).work(burst=True)


def values():
    with transaction() as tx:
        return {row.name: row.value for row in tx.scalars(select(Sample))}


def test_a_minute_is_noted_once_and_a_job_goes_through_each_queue(ada):
    counting.add({"sent": 7, "ended low": 2})
    understand.later_each(range(90, 95))
    samples.take_samples(samples.depths())
    for queue in QUEUES:
        assert queue_named(queue).count == (6 if queue == "high" else 1)
    understand.later(96)
    samples.take_samples(samples.depths())
    work()
    found = values()
    assert (found["depth high"], found["depth low"], found["sent"], found["ended low"]) == (5, 0, 7, 2)
    assert all(0 <= found[f"wait {queue}"] < 60_000 for queue in QUEUES)


def test_what_is_older_than_two_days_is_forgotten(ada):
    with transaction() as tx:
        Sample.keep(tx, minute() - timedelta(days=3), {"sent": 1})
        Sample.keep(tx, minute() - timedelta(days=1), {"sent": 2})
    samples.take_samples(samples.depths())
    with transaction() as tx:
        assert len(tx.scalars(select(Sample.at).distinct()).all()) == 2


def test_without_redis_counting_stops_nobody(ada, without_redis):
    counting.add({"sent": 1})


def test_pictures_have_a_table_and_gaps_where_nobody_looked(ada, adas):
    counted = {9: 100, 8: 160, 7: 400, 5: 400, 4: 30, 3: 90}  # nobody looked six minutes ago; then it began anew
    with transaction() as tx:
        for ago, sent in counted.items():
            Sample.keep(tx, minute() - timedelta(minutes=ago), {"sent": sent, "depth high": ago})
    page = adas.get("/operations")
    mails = page.page.get_element_by_id("mails")
    cells = mails.xpath(".//tbody/tr/td/text()")
    assert cells == ["60", "240", "30", "60"]
    assert len(mails.xpath(".//svg/path[contains(@class, 'line')]")) == 1
    assert adas.get("/operations?span=2d").status == adas.get("/operations?span=x").status == 200


def test_an_operator_stops_any_send_and_its_people_read_who_did(ada, charles, adas, sent):
    with transaction() as tx:
        theirs = tx.get_one(Edition, charles.edition)
        theirs.publication.subscribe(tx, {"reader@example.com": ""}, consent="on paper")
        assert theirs.publish(tx) and theirs.address(tx)
    page = adas.get("/operations")
    assert "House of Charles" in shown(page, "sends") and charles.secret not in page.text
    page.press("Pause")
    assert "Paused: nothing more of it goes out." in page.text and "paused" in shown(page, "sends")
    page.press("Resume").press("Pause").press("Cancel").press("Yes, do it")
    with transaction() as tx:
        acts = tx.scalars(select(AuditEvent.act).filter_by(workspace_id=charles.id).order_by(AuditEvent.id)).all()
        assert acts[-4:] == ["paused", "resumed", "paused", "canceled"]
        assert list(tx.scalars(select(Edition.id).filter_by(state="sending"))) == [ada.edition]


def test_its_stores_and_its_clock_are_told(ada, adas):
    samples.take_samples(samples.depths())
    text = adas.get("/operations").text
    for word in (
        "PostgreSQL",
        "Connections",
        "Longest transaction",
        "the last there is",
        "forgets nothing",
        "Last tick",
    ):
        assert word in text, text[-1500:]
    assert "deliveries" in [cell.text for cell in adas.page.xpath("//table[contains(@class, 'compact')]//th[@scope]")]


@pytest.mark.parametrize("path", ["/operations", "/failures", "/doctor"])
def test_it_is_operators_alone(ada, charles, signed_in, path):
    assert signed_in(charles.owner).get(path).status == 403


def test_without_redis_it_stands(ada, adas, without_redis):
    assert "does not answer" in adas.get("/operations").text
