"""Editions: published, followed, and sent to the rest."""

import pytest
from sqlalchemy import text

from jobs.door import queue_named
from jobs.editions import cancel_copies, finish_editions, queue_the_rest
from models import copies
from models.db import transaction
from models.edition import Edition
from models.membership import Membership, Role
from tests.web.newsletters import LEAVE


@pytest.fixture
def path(ada):
    return f"/editions/{ada.edition}"


@pytest.fixture
def addressed(ada, path):
    """Published to five, one in each of these states."""
    states = ("queued", "delivered", "failed", "bounced", "suppressed")
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        people = {f"{state}@example.com": "" for state in states[1:]}
        edition.publication.subscribe(tx, people, consent="on paper")
        assert edition.publish(tx) and edition.address(tx)
        named = text("update deliveries set state = split_part(recipient, '@', 1) where recipient = any(:people)")
        tx.execute(named, {"people": [*people]})
    return path


def edition(ada):
    with transaction() as tx:
        return tx.get_one(Edition, ada.edition)


def queue_the_rest_to_its_end(edition_id):
    with transaction() as tx:
        after = ""
        while after is not None:
            after = copies.queue_again(tx, edition_id, after)
    queue_the_rest(edition_id)


def token(page):
    return {"csrf_token": page.page.find(".//input[@name='csrf_token']").get("value")}


def asked(page, path, method="POST", **options):
    """What a program gets that asks for JSON."""
    headers = {"Accept": "application/json", "X-CSRFToken": token(page)["csrf_token"]}
    return page.client.open(path, method=method, headers=headers, **options)


def test_it_is_published_once_and_enqueued(ada, adas, path):
    adas.get(path).press("Publish to 1 subscriber")
    assert "It is published." in adas.text
    assert queue_named("default").count == 1
    assert adas.client.post(f"{path}/publication", data=token(adas), follow_redirects=True).status_code == 200
    assert queue_named("default").count == 1


def test_what_has_been_published_is_not_changed(ada, adas, addressed):
    adas.get(f"{addressed}/edit")
    assert "cannot be changed any more" in adas.text
    words = {"subject": "Other", "format": "html", "body": LEAVE}
    adas.client.post(addressed, data=words | token(adas))
    assert edition(ada).subject == ada.secret


def test_without_redis_publishing_is_left_to_the_sweep(ada, adas, path, without_redis):
    adas.get(path).press("Publish to 1 subscriber")
    assert edition(ada).state == "addressing"


def test_its_progress_shows_every_state_and_that_the_sums_balance(ada, adas, addressed):
    page = adas.get(addressed)
    assert "5 = 1 queued + 1 delivered + 1 bounced + 1 failed + 1 suppressed" in page.text
    assert page.page.find(".//progress").get("value") == "4"
    assert page.page.get_element_by_id("progress").get("data-fresh") is not None


def test_it_says_loudly_when_the_sums_do_not_balance(ada, adas, addressed):
    with transaction() as tx:
        tx.execute(text("delete from deliveries where state = 'failed'"))
    alarm = adas.get(addressed).page.xpath("//*[@role='alert']")[0].text_content()
    assert "The sums do not balance. 5 were counted when it was published, but 4 are accounted for" in alarm


def test_its_rate_and_the_time_left_are_told(ada, adas, addressed, clock):
    clock.at("2026-03-02 12:00")
    with transaction() as tx:
        recent = "sent_at = '2026-03-02 11:59:50Z'"
        tx.execute(text(f"update deliveries set {recent} where state in ('delivered', 'bounced')"))
    assert "0.2 a second · about 5 s left" in adas.get(addressed).text


def test_it_is_paused_resumed_and_canceled(ada, adas, addressed):
    adas.get(addressed).press("Pause")
    assert edition(ada).state == "paused"
    adas.press("Resume")
    assert edition(ada).state == "sending"
    assert queue_named("mailers").count == 1
    adas.press("Cancel").press("Yes, do it")
    assert edition(ada).state == "canceled"
    assert "5 = 1 delivered + 1 bounced + 1 failed + 1 suppressed + 1 canceled" in adas.text
    assert queue_named("default").count == 1
    cancel_copies(ada.edition)
    finish_editions()
    assert "5 = 1 delivered + 1 bounced + 1 failed + 1 suppressed + 1 canceled" in adas.get(addressed).text
    assert edition(ada).finished_at


def test_it_is_sent_as_soon_as_nothing_is_open(ada, adas, addressed):
    with transaction() as tx:
        tx.execute(text("update deliveries set state = 'sent' where state = 'queued'"))
    page = adas.get(addressed)
    assert page.page.find_class("tag")[0].text == "sent"
    assert "Pause" not in page.text
    assert asked(adas, addressed, "GET").json["state"] == "sent"


def test_it_is_sent_to_whoever_did_not_get_it_and_pressing_twice_changes_nothing(ada, adas, addressed):
    adas.get(addressed)
    rest = f"{addressed}/rest"
    adas.press("Send to whoever did not get it").press("Yes, do it")
    assert "It goes to 2 who did not get it." in adas.text
    assert "being queued again" in adas.text
    assert queue_named("default").count == 1
    again = adas.client.post(rest, data=token(adas) | {"sure": "yes"}, follow_redirects=True)
    assert "There is nobody to send it to again." in again.text
    assert queue_named("default").count == 1
    queue_the_rest_to_its_end(ada.edition)
    assert "5 = 3 queued + 1 delivered + 1 suppressed" in adas.get(addressed).text
    assert "being queued again" not in adas.text
    assert queue_named("mailers").count
    again = adas.client.post(rest, data=token(adas) | {"sure": "yes"}, follow_redirects=True)
    assert "There is nobody to send it to again." in again.text


def test_a_program_sends_to_the_rest_the_same_way(ada, adas, addressed):
    adas.get(addressed)
    assert asked(adas, f"{addressed}/rest").json == {"queued": 2}
    assert asked(adas, f"{addressed}/rest").json == {"queued": 0}
    queue_the_rest_to_its_end(ada.edition)
    told = asked(adas, addressed, "GET").json
    assert (told["audience"], told["balances"]) == (5, True)
    assert told["states"] == {"queued": 3, "delivered": 1, "suppressed": 1}


def test_sending_to_the_rest_does_not_end_a_pause(ada, adas, addressed):
    adas.get(addressed).press("Pause")
    adas.press("Send to whoever did not get it").press("Yes, do it")
    assert edition(ada).state == "paused"


def test_a_program_is_told_its_mistakes_as_json(ada, adas, path):
    assert asked(adas.get(path), "/editions/99/rest").json["error"]


@pytest.mark.parametrize(("role", "answer"), [(Role.EDITOR, 302), (Role.ADMIN, 302), (Role.MEMBER, 403)])
def test_editors_publish_and_members_do_not(ada, graces, path, role, answer):
    with transaction() as tx:
        tx.query(Membership).filter_by(user_id=ada.member.id).one().role = role
    graces.get("/")
    assert graces.client.post(f"{path}/publication", data=token(graces)).status_code == answer
    assert ("Newsletters" in graces.text) == (answer == 302)
    assert (edition(ada).state == "draft") == (answer == 403)


def test_a_form_from_elsewhere_publishes_nothing(ada, adas, path):
    assert adas.client.post(f"{path}/publication").status_code == 400
    assert edition(ada).state == "draft"
