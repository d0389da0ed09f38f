"""Somebody subscribes on a page, confirms it by mail, rests, leaves and comes back: each step has its trace."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.erasures import sweep_erasures
from models import clock as moments
from models.contact import Contact
from models.db import transaction
from models.erasure import Erasure
from models.publication import Publication
from models.stream import Stream
from models.subscription import Subscription
from models.subscription_change import BY_OPERATOR, SubscriptionChange
from tests import people
from tests.stories.subscribing import (
    OTHER,
    PAGE,
    READER,
    TOKEN,
    history,
    listed,
    path_in,
    send,
    sign_up,
    way_out,
    ways_out,
)
from tests.web.browser import html


@pytest.fixture
def publication():
    with transaction() as tx:
        made = Publication(workspace=people.workspace(tx), name="Notes", slug="notes")
        tx.add(made)
        tx.flush()
        return made


def test_a_sign_up_is_confirmed_by_mail(postroom, publication, clock):
    assert sign_up(postroom, clock, "reader@example.com").status_code == 200
    postroom.settle()
    (mail,) = postroom.sent(to="reader@example.com")
    assert mail["Subject"] == "Confirm that you want Notes"
    path = path_in(mail, "opt-ins")
    assert postroom.web.get(path).status_code == 200
    with transaction() as tx:
        assert publication.standing(tx) == {"unconfirmed": 1}
    assert postroom.web.post(path).status_code == 200
    with transaction() as tx:
        assert publication.standing(tx) == {"active": 1}
        found = tx.scalars(select(Subscription)).one()
        assert [each.how for each in SubscriptionChange.of(tx, [found.id])] == ["form", "page"]


def test_a_robot_and_who_never_confirms_are_in_no_count(postroom, publication, clock):
    form = html.fromstring(postroom.web.get(PAGE).text).forms[0]
    clock.forward(seconds=5)
    typed = {"stamp": form.fields["stamp"], "email": "robot@example.com", "website": "https://spam.example"}
    assert postroom.web.post(PAGE, data=typed).status_code == 200
    assert "lends mailboxes" in sign_up(postroom, clock, "x@mailinator.com").text
    sign_up(postroom, clock, READER)
    postroom.settle()
    assert [mail["To"] for mail in postroom.sent()] == [READER]
    with transaction() as tx:
        assert publication.subscribers(tx) == 0


@pytest.fixture
def readers(publication):
    with transaction() as tx:
        publication.subscribe(tx, {READER: "", OTHER: ""}, consent="on paper")
    return publication


def test_who_rests_gets_nothing_until_the_day_they_chose(postroom, readers, clock):
    path = path_in(send(postroom, readers)[READER], "preferences")
    until = (moments.now() + timedelta(days=7)).date()
    form = {"publications": str(readers.id), "paused_until": until.isoformat(), "locale": "en", "zone": "UTC"}
    assert postroom.web.post(path, data=form).status_code == 302
    assert send(postroom, readers, "While they rest").keys() == {OTHER}
    clock.forward(days=8)
    assert send(postroom, readers, "Afterwards").keys() == {OTHER, READER}
    assert history() == ("active", [("paused", "page")])


def test_postmark_hears_who_left_their_last_newsletter_and_who_came_back(postroom, readers, clock):
    mail = send(postroom, readers)[READER]
    path = way_out(mail)
    assert postroom.web.get(path).status_code == postroom.web.head(path).status_code == 200
    assert history()[0] == "active"
    assert postroom.web.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    postroom.tick()
    assert listed(postroom) == [READER]
    clock.forward(minutes=2)
    sign_up(postroom, clock, READER)
    postroom.settle()
    (asked,) = postroom.sent(subject="Confirm that you want Notes")
    assert postroom.web.post(path_in(asked, "opt-ins")).status_code == 200
    postroom.tick()
    assert (listed(postroom), history()) == ([], ("active", [("unsubscribed", "one-click"), ("active", "page")]))
    assert READER in send(postroom, readers, "Again")


def test_who_leaves_or_is_let_back_in_by_postmark_is_so_here(postroom, readers):
    mail = send(postroom, readers)[READER]
    postroom.sandbox.post(f"/sandbox/messages/{mail['id']}/unsubscribe", json={}).raise_for_status()
    postroom.settle()
    assert history() == ("unsubscribed", [("unsubscribed", "Postmark")])
    mail = send(postroom, readers, "Without them")
    assert mail.keys() == {OTHER}
    postroom.sandbox.post(f"/sandbox/messages/{mail[OTHER]['id']}/bounce", json={}).raise_for_status()
    postroom.settle()
    assert history(OTHER)[0] == "bounced"
    deleted = {"Suppressions": [{"EmailAddress": OTHER}]}
    postroom.sandbox.post("/message-streams/broadcast/suppressions/delete", headers=TOKEN, json=deleted)
    postroom.settle()
    assert history(OTHER) == ("active", [("bounced", "Postmark"), ("active", "Postmark")])
    assert send(postroom, readers, "Back").keys() == {OTHER}


@pytest.fixture(params=["Postmark", "Custom"])
def handling(request, postroom):
    yield manage(postroom, request.param)
    manage(postroom, "Postmark")


def manage(postroom, handling):
    told = {"SubscriptionManagementConfiguration": {"UnsubscribeHandlingType": handling}}
    postroom.sandbox.patch("/message-streams/broadcast", headers=TOKEN, json=told).raise_for_status()
    return handling


def test_one_link_to_leave_is_in_a_letter_and_its_headers_whoever_manages_it(postroom, readers, handling):
    """Postmark's own leaves the stream; where it lets us, ours leaves the newsletter."""
    with transaction() as tx:
        Stream.named(tx, "broadcast").unsubscribes = "ours" if handling == "Custom" else "postmark"
    mail = send(postroom, readers)[READER]
    raw = postroom.sandbox.get(f"/messages/outbound/{mail['id']}/dump", headers=TOKEN).json()["Body"]
    (link,) = re.findall(r"^List-Unsubscribe: <(\S+)>", raw, re.MULTILINE)
    assert raw.count("List-Unsubscribe-Post: List-Unsubscribe=One-Click") == 1
    assert (link == people.BASE_URL + way_out(mail)) == (handling == "Custom")
    assert ways_out(raw) == {part: [link] for part in ("text/plain", "text/html")}
    place = postroom.web if handling == "Custom" else postroom.sandbox
    answer = place.post(link.removeprefix(people.BASE_URL), data={"List-Unsubscribe": "One-Click"})
    postroom.settle()
    how = "one-click" if handling == "Custom" else "Postmark"
    assert (answer.is_error, history()) == (False, ("unsubscribed", [("unsubscribed", how)]))


def test_who_is_erased_is_missing_from_no_sum_and_is_never_mailed_again(postroom, readers, clock):
    send(postroom, readers)
    with transaction() as tx:
        Erasure.begin(tx, tx.scalars(select(Contact).filter_by(email=READER)).one(), BY_OPERATOR)
    sweep_erasures()
    postroom.settle()
    sign_up(postroom, clock, READER)
    postroom.settle()
    assert postroom.sent(to=READER, subject="Confirm") == []
    assert send(postroom, readers, "Afterwards").keys() == {OTHER}
    with transaction() as tx:
        assert readers.standing(tx).get("active") == 1
