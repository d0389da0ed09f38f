"""An edition to everybody who subscribes, each accounted for."""

import pytest
from sqlalchemy import select, text

from jobs.deliveries import feed
from jobs.editions import address_edition, queue_the_rest
from models.contact import Contact
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.publication import Publication
from models.stream import Stream
from models.subscription import Subscription
from models.suppression import Suppression
from tests import people

HTML = """<html><head><style>h1 { color: red }</style></head><body><h1>Hello {{ name }}</h1>
<p>News.</p><a href="{{ unsubscribe_link }}">Leave</a></body></html>"""
TEXT = "Hello {{ name }}\n\nNews.\n\n{{ unsubscribe_link }}\n"


@pytest.fixture
def edition():
    with transaction() as tx:
        workspace = people.workspace(tx)
        publication = Publication(workspace=workspace, name="Notes")
        tx.add(publication)
        tx.flush()
        for number in range(700):
            contact = Contact(workspace_id=workspace.id, email=f"reader{number}@example.com", name=f"Reader & {number}")
            tx.add(contact)
            tx.flush()
            Subscription.begin(tx, publication.id, contact, consent="signed up on paper")
        made = Edition(
            workspace_id=workspace.id, publication=publication, subject="News for {{ name }}", html=HTML, text=TEXT
        )
        tx.add(made)
        tx.flush()
        return made


def publish(edition):
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).publish(tx)
    address_edition.later(edition.id)


def found(edition):
    with transaction() as tx:
        return tx.get_one(Edition, edition.id), Delivery.ledger(tx, edition.workspace_id)["edition"]


def test_everybody_gets_their_own_copy_once(postroom, edition):
    publish(edition)
    postroom.settle()
    postroom.tick()
    whole, ledger = found(edition)
    assert (whole.state, whole.audience, ledger) == ("sent", 700, {"delivered": 700})
    record = postroom.record()
    assert (record["unique_by_delivery"], record["duplicates"]) == (700, 0)
    copy = postroom.sent(to="reader7@example.com")[0]
    assert copy["Subject"] == "News for Reader & 7"
    assert "Hello Reader &amp; 7" in copy["HtmlBody"] and 'style="color:red"' in copy["HtmlBody"]
    headers = {header["Name"]: header["Value"] for header in copy["Headers"]}
    assert "List-Unsubscribe" not in headers and copy["TextBody"].count("/unsubscribe/") == 1  # Postmark's


def test_who_is_suppressed_or_leaves_in_time_does_not_get_it_and_the_sums_balance(postroom, edition):
    with transaction() as tx:
        Suppression.impose(
            tx, edition.workspace_id, "reader1@example.com", "broadcast", reason="HardBounce", origin="Recipient"
        )
        assert tx.get_one(Edition, edition.id).publish(tx)
    with transaction() as tx:
        tx.get_one(Edition, edition.id).address(tx)
        left = select(Subscription).join(Contact).where(Contact.email == "reader2@example.com")
        tx.scalars(left).one().leave(tx)
    postroom.tick()
    postroom.tick()
    whole, ledger = found(edition)
    assert (whole.state, ledger) == ("sent", {"delivered": 698, "suppressed": 1, "canceled": 1})


def test_a_pause_holds_and_a_resumption_lets_go(postroom, edition):
    with transaction() as tx:
        whole = tx.get_one(Edition, edition.id)
        assert whole.publish(tx) and whole.address(tx) and whole.pause(tx)
    postroom.tick()
    assert postroom.record()["accepted"] == 0
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).resume(tx)
    postroom.tick()
    assert postroom.record()["unique_by_delivery"] == 700


def test_through_a_limited_stream_it_begins_and_goes_on_without_a_tick(postroom, edition):
    with transaction() as tx:
        Stream.named(tx, "broadcast").limit(300)
    publish(edition)
    postroom.until(lambda: postroom.record()["accepted"], "it begins")
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).pause(tx)
    postroom.settle()
    assert postroom.record()["accepted"] < 700
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).resume(tx)
    feed.later("mailers", queue="mailers")
    postroom.until(lambda: postroom.record()["accepted"] == 700, "it goes on")


def test_who_did_not_get_it_gets_it_and_pressing_twice_changes_nothing(postroom, edition):
    with transaction() as tx:
        whole = tx.get_one(Edition, edition.id)
        assert whole.publish(tx) and whole.address(tx)
        tx.execute(text("update deliveries set state = 'failed', reason = 'x' where id % 7 = 0"))
        failed = tx.scalar(text("select count(*) from deliveries where state = 'failed'"))
    postroom.tick()
    postroom.tick()
    assert found(edition)[1] == {"delivered": 700 - failed, "failed": failed}
    with transaction() as tx:
        whole = tx.get_one(Edition, edition.id)
        assert (whole.send_to_the_rest(tx), whole.send_to_the_rest(tx)) == (failed, 0)
    queue_the_rest.later(edition.id)
    postroom.tick()
    postroom.tick()
    assert found(edition)[1] == {"delivered": 700}
    assert postroom.record()["duplicates"] == 0


def test_it_is_read_in_the_browser_by_the_link_in_the_mail_and_then_in_the_archive(postroom, edition):
    with transaction() as tx:
        whole = tx.get_one(Edition, edition.id)
        whole.publication.slug, whole.publication.archive = "notes", "subscribers"
        whole.revise(
            tx,
            subject="News",
            html=HTML.replace("News.", '<a href="{{ web_link }}">Web</a>'),
            text="{{ web_link }} {{ preferences_link }}",
        )
        tx.execute(text("delete from subscriptions where id > 3"))
    publish(edition)
    postroom.settle()
    link = postroom.sent(to="reader1@example.com")[0]["TextBody"].split()[0]
    assert link.startswith(f"{people.BASE_URL}/readers/") and link.endswith(f"/{edition.id}")
    assert link != postroom.sent(to="reader2@example.com")[0]["TextBody"].split()[0]
    wishes = postroom.sent(to="reader1@example.com")[0]["TextBody"].split()[1]
    assert "reader1@example.com" in postroom.web.get(wishes.removeprefix(people.BASE_URL)).raise_for_status().text
    assert "Hello reader" in postroom.web.get(link.removeprefix(people.BASE_URL)).raise_for_status().text
    assert "News</a>" not in postroom.web.get("/archive/notes").raise_for_status().text
    postroom.tick()
    listed = postroom.web.get("/archive/notes").raise_for_status()
    assert "News</a>" in listed.text and "For subscribers" in listed.text
    assert "subscribers" in postroom.web.get(f"/archive/notes/{edition.id}").text
