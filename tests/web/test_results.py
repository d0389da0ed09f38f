"""What came of editions, as pages and programs see it."""

import json

import pytest
from sqlalchemy import text

from models import clock, delivery_event, sending
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.publication import Publication
from models.sending import Outcome
from models.subscription import Subscription
from models.traces import privacy

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def path(ada):
    return f"/editions/{ada.edition}/results"


def publish(ada, *, tracks, readers=10):
    """Sent to so many besides Ada's one reader, an hour ago, and delivered to all but the last."""
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        edition.publication.tracks = tracks
        edition.publication.subscribe(tx, {f"r{n}@example.com": "" for n in range(readers - 1)}, consent="on paper")
        assert edition.publish(tx) and edition.address(tx)
        ids = list(tx.scalars(text("select id from deliveries where kind = 'edition' order by id")))
        claimed = sending.claim(tx, ids)
        sending.record(
            tx, claimed[0].batch_id, [Outcome(each.id, "sent", provider_id=str(each.id)) for each in claimed]
        )
        tx.execute(text("update deliveries set sent_at = sent_at - interval '1 hour'"))
    hear(*((number, "Delivery", {}) for number in ids[:-1]), (ids[-1], "Bounce", {"Type": "SoftBounce"}))
    return ids


def hear(*told):
    """`(delivery, type, what else it says)`."""
    with transaction() as tx:
        ids = []
        for place, (delivery, type, more) in enumerate(told):
            about = {"RecordType": type, "Metadata": {"delivery": str(delivery)}, "UserAgent": AGENT}
            about |= {"ReceivedAt": clock.now().isoformat(), "Client": {"Family": "Firefox"}}
            key = f"{type} {delivery} {place} {more}"
            ids.append(DeliveryEvent.receive(tx, type=type, key=key, payload=json.dumps(about | more)))
        delivery_event.apply(tx, ids)


def test_before_it_is_published_nothing_has_come_of_it(adas, path):
    assert "It has not been published yet" in adas.get(path).text


def test_where_nobody_is_watched_the_page_says_so_and_shows_no_noughts(ada, adas, path):
    publish(ada, tracks=False)
    assert "Opens and clicks were not counted" in adas.get(path).text
    assert "People opened" not in adas.text and "Machines" not in adas.text
    assert "90.0 %" in adas.text
    told = adas.client.get(path, headers={"Accept": "application/json"}).json
    assert (told["opens"], told["clicks"], told["delivered"], told["bounced"]) == (None, None, 9, 1)


def test_people_and_machines_stand_side_by_side(ada, adas, path):
    ids = publish(ada, tracks=True)
    link = "https://example.com/a"
    hear(*((number, "Open", {}) for number in ids[:3]), (ids[0], "Click", {"OriginalLink": link}))
    hear((ids[4], "Open", {"UserAgent": "Mozilla/5.0"}), (ids[5], "Click", {"OriginalLink": link, "UserAgent": ""}))
    told = adas.get("/").client.get(path, headers={"Accept": "application/json"}).json
    assert told["opens"] == {"person": 3, "unsure": 0, "machine": 1}
    assert told["clicks"] == {"person": 1, "unsure": 1, "machine": 0}
    assert told["links"] == [{"address": link, "person": 1, "unsure": 1, "machine": 0}]
    page = adas.get(path)
    assert "33.3 %" in page.text and "People 3" in page.text and "Machines 1" in page.text
    titles = [element.text for element in page.page.findall(".//title")]
    assert {"The first 8 hours", "Opened", "Clicked"} <= {*titles}
    assert "Fewer than five each" in page.text and "Firefox" not in page.text


def test_who_left_and_who_answered_is_counted_for_the_edition_that_they_had(ada, adas, path):
    ids = publish(ada, tracks=False)
    with transaction() as tx:
        tx.get_one(Subscription, 2).leave(tx)
        tx.execute(text("update inbound_emails set received_at = received_at"))
    told = adas.get("/").client.get(path, headers={"Accept": "application/json"}).json
    assert (told["left"], told["replied"], len(ids)) == (1, 1, 10)


def test_a_program_reads_it_by_key(ada, call):
    publish(ada, tracks=True)
    told = call(f"/api/v1/editions/{ada.edition}/results").json
    assert (told["delivered"], told["opens"]["person"]) == (9, 0)


def test_after_erasing_the_sums_stay_and_the_page_says_what_happened(ada, adas, path):
    ids = publish(ada, tracks=True)
    hear((ids[0], "Open", {}))
    with transaction() as tx:
        privacy.stop(tx, tx.get_one(Publication, ada.publication))
        privacy.erase(tx, ada.edition)
    assert "Who did what has been erased" in adas.get(path).text
    assert "People 1" in adas.text


def test_a_newsletter_shows_its_editions_over_time_and_its_readers(ada, adas):
    publish(ada, tracks=True)
    page = adas.get(f"/publications/{ada.publication}/results")
    assert "Edition by edition" in page.text and "In 90 days 10 began to read it, and 0 stopped." in page.text
    rows = page.page.findall(".//figure[@id='growth']//tbody/tr")
    assert len(rows) == 90 and rows[-1].find("td").text == "10"


def test_charts_stand_in_pages_without_any_style_of_their_own(ada, adas, path):
    publish(ada, tracks=True)
    assert not adas.get(path).page.findall(".//svg//*[@style]")
