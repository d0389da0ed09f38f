"""The subscribers of a newsletter, and one of them."""

import json

import pytest
from sqlalchemy import select, text

from jobs.exports import make_export
from models import clock as time
from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.subscription import Subscription
from models.subscription_change import Change, How, SubscriptionChange


@pytest.fixture
def path(ada):
    """Sixty readers more."""
    with transaction() as tx:
        publication = tx.get_one(Publication, ada.publication)
        people = {f"r{number:02}@example.com": f"Reader {number}" for number in range(60)}
        publication.subscribe(tx, people, consent="=on paper", change=Change(How.OPERATOR, "ada@example.com"))
    return f"/publications/{ada.publication}/subscribers"


def shown(page):
    return page.page.xpath("//td[contains(@class, 'whom')]/a/text()")


def tagged(word):
    with transaction() as tx:
        return tx.scalars(select(Contact.email).where(Contact.tags.contains([word])).order_by(Contact.email)).all()


def subscription(tx, email):
    return tx.scalars(select(Subscription).join(Contact).where(Contact.email == email)).one()


def test_they_come_by_pages_newest_first(adas, path):
    adas.get(path)
    assert (shown(adas)[0], len(shown(adas))) == ("r59@example.com", 50)
    adas.get(adas.page.xpath("//a[@rel='next']")[0].get("href"))
    assert shown(adas)[-1] == "reader.of.ada@example.com"


@pytest.mark.parametrize(
    ("query", "count"),
    [("beginning=R0", 10), ("beginning=r%25", 0), ("state=unsubscribed", 1), ("state=paused", 1), ("state=x", 50),
     ("tag=vip", 1), ("tag=vip&state=bounced", 0), ("beginning=r5&tag=vip", 0)],
)  # fmt: skip
def test_they_are_narrowed(adas, path, query, count):
    with transaction() as tx:
        subscription(tx, "r01@example.com").leave(tx)
        subscription(tx, "r02@example.com").pause(tx, time.now().replace(year=2999))
        tx.execute(text("update contacts set tags = '{vip}' where email = 'r03@example.com'"))
    assert len(shown(adas.get(f"{path}?{query}"))) == count


def test_those_who_are_ticked_are_tagged_and_untagged(adas, path):
    adas.get(path)
    ids = adas.page.xpath("//input[@name='row']/@value")[:3]
    adas.press("Do it", row=ids, do="tag", word=" early  bird ")
    assert "3 tagged “early bird”." in adas.text
    adas.get(path).press("Do it", row=ids, do="tag", word="early bird")
    assert "0 tagged" in adas.text and tagged("early bird") == ["r57@example.com", "r58@example.com", "r59@example.com"]
    adas.get(f"{path}?tag=early+bird").press("Do it", do="untag", word="early bird", whom="all")
    assert "3 subscribers, tagged “early bird”." in adas.text and tagged("early bird") != []
    adas.press("Yes, do it")
    assert tagged("early bird") == []


def test_everybody_who_is_found_is_unsubscribed_and_the_history_says_by_whom(ada, adas, path):
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        assert edition.publish(tx) and edition.address(tx)
    adas.get(f"{path}?beginning=r0").press("Do it", do="unsubscribe", whom="all")
    adas.press("Yes, do it")
    assert "10 changed" in adas.text
    with transaction() as tx:
        assert tx.get_one(Publication, ada.publication).standing(tx) == {"active": 51, "unsubscribed": 10}
        last = SubscriptionChange.of(tx, [subscription(tx, "r00@example.com").id])[-1]
        waiting = tx.scalar(text("select count(*) from deliveries where kind = 'edition' and state = 'queued'"))
    assert (last.after, last.how, last.by, waiting) == ("unsubscribed", "operator", "ada@example.com", 51)


@pytest.mark.parametrize("form", [{"do": "tag", "word": "x"}, {"do": "tag", "whom": "all"}, {"do": "nonsense"}])
def test_who_says_too_little_changes_nothing(adas, path, form):
    adas.get(path).press("Do it", **form)
    assert adas.status in (200, 422) and tagged("x") == []


def test_nobody_elses_subscribers_are_changed(ada, adas, charles, path):
    with transaction() as tx:
        (theirs,) = tx.scalars(select(Subscription.id).filter_by(publication_id=charles.publication))
    adas.get(path).press("Do it", row=[str(theirs)], do="unsubscribe").press("Yes, do it")
    with transaction() as tx:
        assert tx.get_one(Subscription, theirs).state == "active"


def test_they_are_taken_away_as_a_file(adas, path):
    adas.get(f"{path}?beginning=r0").press("As CSV")
    assert "being made" in adas.text
    make_export(int(adas.path.rpartition("/")[2]))
    adas.get(adas.path)
    file = adas.page.xpath("//a[. = 'Download']/@href")[0]
    lines = adas.client.get(file).get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("email,name,state,tags") and "'=on paper" in lines[1]


def test_a_person_is_put_right(ada, adas):
    adas.get(f"/contacts/{ada.contact}")
    adas.press("Save", name="Augusta", tags="b, a,b", attributes='{"plan": "pro", "seats": [1]}', note="Likes ships.")
    with transaction() as tx:
        found = tx.get_one(Contact, ada.contact)
    assert (found.name, found.tags, found.attributes, found.note) == (
        "Augusta", ["a", "b"], {"plan": "pro", "seats": [1]}, "Likes ships.",
    )  # fmt: skip
    adas.press("Save", note="Likes trains.")  # all else as the form had it
    with transaction() as tx:
        found = tx.get_one(Contact, ada.contact)
    assert (found.tags, found.attributes) == (["a", "b"], {"plan": "pro", "seats": [1]})


@pytest.mark.parametrize(
    "typed",
    [{"attributes": "{"}, {"attributes": "[]"}, {"attributes": "x" * 10_001}, {"tags": "x" * 81}, {"zone": "Mars"},
     {"locale": ""}, {"name": "x" * 201}],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(ada, adas, typed):
    adas.get(f"/contacts/{ada.contact}").press("Save", **typed)
    assert adas.status == 422 and len(adas.errors) == 1


def test_a_person_s_page_and_file_tell_all_about_them(ada, adas):
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        assert edition.publish(tx) and edition.address(tx)
        delivery = tx.scalar(text("select id from deliveries where kind = 'edition'"))
        values = "'{}', now(), now()"
        for key in ("first", "second"):
            tx.execute(text(f"insert into delivery_events (delivery_id, type, key, payload, received_at, applied_at)"
                            f" values ({delivery}, 'Open', '{key}', {values})"))  # fmt: skip
        tx.execute(text("update inbound_emails set sender = 'reader.of.ada@example.com'"))
    page = adas.get(f"/contacts/{ada.contact}")
    assert page.text.count(ada.secret) == 2 and "on paper" in page.text
    page.press("Unsubscribe").press("Yes, do it")
    assert "was active" in page.text and "by operator: ada@example.com" in page.text
    told = json.loads(adas.client.get(f"/contacts/{ada.contact}.json").get_data())
    assert told["contact"]["email"] == "reader.of.ada@example.com"
    assert [change["after"] for change in told["subscriptions"][0]["history"]] == ["active", "unsubscribed"]
    assert (told["deliveries"][0]["opens"], len(told["mails"])) == (2, 1)
