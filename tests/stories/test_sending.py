"""An edition before and after it goes out: tried out, scheduled, undone, sent to those who came late."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from jobs.editions import address_edition, finish_editions, publish_scheduled
from models import clock as moments
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.publication import Publication
from models.revision import Manner, Revision
from models.setback import Setback
from models.user import User
from tests.web import houses

BODY = "Hello {{ first_name | default('friend') }}, it is {{ attributes.city | default('nowhere') }}."


@pytest.fixture
def ada(postroom):
    place = houses.furnished("Ada", "Grace")
    with transaction() as tx:
        tx.get_one(Publication, place.publication).subscribe(tx, {"grace@example.net": "Grace H"}, consent="on paper")
        tx.execute(text("update contacts set attributes = '{\"city\": \"Paris\"}' where email = 'grace@example.net'"))
        write(tx, place.edition, BODY)
    return place


def write(tx, edition_id, body):
    edition = tx.get_one(Edition, edition_id)
    written = {"subject": "News", "preheader": "", "format": "markdown", "body": body, "plain": ""}
    since = Revision.latest(tx, edition).number
    Revision.save(tx, edition, since=since, user_id=None, manner=Manner.SAVED, **written)


def call(postroom, place, verb, **body):
    headers = {"Authorization": f"Bearer {place.bearer}"}
    return postroom.web.post(f"/api/v1/editions/{place.edition}/{verb}", json=body, headers=headers)


def found(place):
    with transaction() as tx:
        return tx.get_one(Edition, place.edition), Delivery.ledger(tx, place.id)


def news(postroom):
    return [mail for mail in postroom.sent() if mail["Subject"] == "News"]


def test_a_test_shows_the_values_of_whoever_was_chosen_and_is_in_no_ledger(postroom, ada):
    answer = call(postroom, ada, "test", to=["Ada@example.com", "boss@example.com"], reader="grace@example.net")
    assert answer.json() == {"sent": 2}
    postroom.settle()
    mails = {mail["To"]: mail for mail in postroom.sent()}
    assert mails.keys() == {"ada@example.com", "boss@example.com"}
    mail = mails["boss@example.com"]
    assert mail["Subject"] == "[Test] News"
    assert "Hello Grace, it is Paris." in mail["TextBody"]
    edition, ledger = found(ada)
    assert (edition.state, edition.audience, ledger["trial"]) == ("draft", 0, {"delivered": 2})
    assert "edition" not in ledger
    answer = call(postroom, ada, "test", to=["ada@example.com"], reader="nobody@example.net")
    assert (answer.status_code, "Nobody here" in answer.text) == (422, True)


def test_a_scheduled_edition_leaves_at_its_moment_as_it_was_written_last(postroom, ada):
    at = moments.now() + timedelta(seconds=3)
    assert call(postroom, ada, "schedule", at=at.isoformat()).json() == {"scheduled": True}
    with transaction() as tx:
        write(tx, ada.edition, "Written after it was scheduled.")
    postroom.until(lambda: len(news(postroom)) == 2, "both have it")
    edition, _ = found(ada)
    assert 0 <= (edition.published_at - at).total_seconds() < 2.5
    assert all("Written after" in mail["TextBody"] for mail in news(postroom))
    publish_scheduled(ada.edition)
    postroom.settle()
    assert postroom.record()["duplicates"] == 0


def test_what_is_not_scheduled_any_more_stays_a_draft(postroom, ada, clock):
    call(postroom, ada, "schedule", at=(moments.now() + timedelta(minutes=1)).isoformat())
    assert call(postroom, ada, "schedule", at=None).json() == {"scheduled": False}
    clock.forward(minutes=2)
    postroom.tick()
    assert (found(ada)[0].state, news(postroom)) == ("draft", [])


def test_after_downtime_it_goes_out_with_the_next_tick(postroom, ada, clock):
    with transaction() as tx:
        tx.get_one(Edition, ada.edition).schedule(tx, moments.now())
    clock.forward(hours=3)
    postroom.tick()
    assert len(news(postroom)) == 2


def test_one_that_cannot_be_written_becomes_a_draft_and_who_scheduled_it_is_told_once(postroom, ada):
    with transaction() as tx:
        tx.execute(text("update revisions set body = '<html>no way out</html>', format = 'html' where number = 2"))
        grace = tx.scalars(select(User).filter_by(email="grace@example.com")).one()
        tx.get_one(Edition, ada.edition).schedule(tx, moments.now(), user_id=grace.id)
    publish_scheduled(ada.edition)
    publish_scheduled(ada.edition)
    postroom.settle()
    (mail,) = postroom.sent()
    assert (mail["To"], mail["Subject"]) == ("grace@example.com", f"Not sent: {ada.secret}")
    assert "everybody must be able to leave" in mail["TextBody"]
    assert found(ada)[0].state == "draft"
    with transaction() as tx:
        assert Setback.latest(tx, ada.edition).edition_id == ada.edition


def test_publishing_is_undone_within_its_grace_and_nobody_has_got_it(postroom, ada, clock):
    assert call(postroom, ada, "publication").json() == {"published": True}
    postroom.settle()
    assert found(ada)[0].state == "addressing"
    assert call(postroom, ada, "undo").json() == {"undone": True}
    clock.forward(seconds=31)
    address_edition(ada.edition)
    postroom.tick()
    assert (found(ada)[0].state, news(postroom)) == ("draft", [])
    call(postroom, ada, "publication")
    clock.forward(seconds=31)
    address_edition(ada.edition)
    assert call(postroom, ada, "undo").json() == {"undone": False}
    postroom.settle()
    assert len(news(postroom)) == 2


def test_without_grace_it_leaves_at_once(postroom, ada):
    with transaction() as tx:
        tx.get_one(Publication, ada.publication).grace = 0
    call(postroom, ada, "publication")
    postroom.settle()
    assert len(news(postroom)) == 2


def test_who_joined_since_gets_it_once_however_often_it_is_asked(postroom, ada):
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        assert edition.publish(tx) and edition.address(tx)
    postroom.tick()
    with transaction() as tx:
        people = {"late@example.com": "", "later@example.com": ""}
        tx.get_one(Publication, ada.publication).subscribe(tx, people, consent="on paper")
    assert found(ada)[0].state in ("sending", "sent")
    assert call(postroom, ada, "late-joiners").json() == {"addressed": 2}
    assert call(postroom, ada, "late-joiners").json() == {"addressed": 0}
    assert call(postroom, ada, "undo").json() == {"undone": False}
    postroom.settle()
    finish_editions()
    edition, ledger = found(ada)
    assert (edition.state, edition.audience, ledger["edition"]) == ("sent", 4, {"delivered": 4})
    assert call(postroom, ada, "late-joiners").json() == {"addressed": 0}
    assert postroom.record()["duplicates"] == 0
