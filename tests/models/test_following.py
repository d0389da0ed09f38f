"""Who unsubscribes here and who unsubscribes with Postmark: each hears of it."""

import itertools
import json

import pytest
from sqlalchemy import select

from jobs.suppressions import tell_suppressions
from models import delivery_event
from models.contact import Contact
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.publication import Publication
from models.stream import Stream
from models.subscription import Subscription
from models.subscription_change import BY_PAGE, Change, How, SubscriptionChange
from models.suppression import Suppression, Wants
from tests import people

READER = "reader@example.com"
_keys = itertools.count()


@pytest.fixture
def publications():
    with transaction() as tx:
        workspace = people.workspace(tx)
        made = [Publication(workspace=workspace, name=name) for name in ("Notes", "News")]
        tx.add_all(made)
        tx.flush()
        for each in made:
            each.subscribe(tx, {READER: "", "other@example.com": ""}, consent="on paper")
        return made


def postmark_says(suppress, reason="ManualSuppression", stream="broadcast", **more):
    told = {"RecordType": "SubscriptionChange", "Recipient": READER.title(), "MessageStream": stream, "Metadata": {}}
    told |= {"SuppressSending": suppress, "SuppressionReason": reason if suppress else None, "Origin": "Recipient"}
    told |= more
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type="SubscriptionChange", key=str(next(_keys)), payload=json.dumps(told))
        delivery_event.apply(tx, [number])


def mine(tx):
    return tx.scalars(select(Subscription).join(Contact).where(Contact.email == READER).order_by(Subscription.id)).all()


def states():
    with transaction() as tx:
        return [each.state for each in mine(tx)]


def listed(provider):
    dump = provider.get("/message-streams/broadcast/suppressions/dump", headers=TOKEN).json()["Suppressions"]
    return [row["EmailAddress"] for row in dump]


TOKEN = {"X-Postmark-Server-Token": "a-token-of-the-sandbox", "Accept": "application/json"}


@pytest.fixture
def sandbox(provider):
    provider.delete("/sandbox").raise_for_status()
    return provider


def test_who_leaves_with_postmark_leaves_the_stream_and_the_history_says_so(publications):
    postmark_says(True)
    assert states() == ["unsubscribed"] * 2
    with transaction() as tx:
        last = SubscriptionChange.of(tx, [mine(tx)[0].id])[-1]
        assert (last.how, last.by, last.words) == ("Postmark", READER.title(), "ManualSuppression")
        assert publications[0].subscribers(tx) == 1


def test_who_comes_back_with_postmark_comes_back_to_what_they_left_with_it(publications):
    with transaction() as tx:
        mine(tx)[0].leave(tx, BY_PAGE)
    postmark_says(True)
    postmark_says(False)
    assert states() == ["unsubscribed", "active"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("last", [True, False])
def test_the_latest_word_of_postmarks_counts_in_whatever_order_they_come(publications, last, order):
    said = [(not last, "2026-03-02T10:00:00.1234567Z"), (last, "2026-03-02T09:00:00-02:00")]
    for number in order:
        suppress, at = said[number]
        postmark_says(suppress, ChangedAt=at)
    assert states() == (["unsubscribed"] if last else ["active"]) * 2
    with transaction() as tx:
        barred = tx.scalars(select(Suppression).filter_by(email=READER, lifted_at=None)).all()
    assert bool(barred) == last


def test_a_word_from_the_future_does_not_silence_those_that_follow(publications):
    postmark_says(True, ChangedAt="2999-01-01T00:00:00Z")
    postmark_says(False)
    assert states() == ["active"] * 2


@pytest.mark.parametrize("about", [{"reason": "HardBounce"}, {"stream": "outbound"}])
def test_a_bounce_or_another_stream_unsubscribes_nobody(publications, about):
    postmark_says(True, **about)
    assert states() == ["active"] * 2


def test_who_leaves_the_last_newsletter_is_told_to_postmark_and_so_is_who_returns(publications, sandbox, clock):
    with transaction() as tx:
        mine(tx)[0].leave(tx, BY_PAGE)
    tell_suppressions()
    assert listed(sandbox) == []
    with transaction() as tx:
        mine(tx)[1].leave(tx, Change(How.ONE_CLICK))
    for _ in range(2):
        tell_suppressions()
    assert listed(sandbox) == [READER]
    clock.forward(seconds=5)
    with transaction() as tx:
        mine(tx)[1].come_back(BY_PAGE)
    tell_suppressions()
    assert listed(sandbox) == []
    with transaction() as tx:
        found = tx.scalars(select(Suppression)).one()
    assert (found.lifted_because, found.wants, found.told) == ("subscribed again", "", "")


def test_where_we_manage_unsubscribes_postmark_is_told_nothing(publications, sandbox):
    with transaction() as tx:
        Stream.named(tx, "broadcast").unsubscribes = "ours"
        for each in mine(tx):
            each.leave(tx, BY_PAGE)
    tell_suppressions()
    assert listed(sandbox) == []


def test_what_postmark_does_not_lift_is_not_lifted(publications, sandbox):
    workspace = publications[0].workspace_id
    with transaction() as tx:
        Suppression.impose(tx, workspace, READER, "broadcast", reason="fell out with us", origin="Customer", by="ada")
    tell_suppressions()
    with transaction() as tx:
        found = tx.scalars(select(Suppression)).one()
        found.release("made up", "ada@example.com")
    tell_suppressions()
    assert listed(sandbox) == []
    with transaction() as tx:
        Suppression.hear(tx, "broadcast", Wants.REACTIVATE, {READER: "no authority"})
        tx.refresh(found := tx.scalars(select(Suppression)).one())
        assert found.lifted_at and found.wants == ""
        Suppression.impose(tx, workspace, READER, "broadcast", reason="again", origin="Customer", by="ada")
        found = tx.scalars(select(Suppression).execution_options(populate_existing=True)).one()
        found.release("please", "ada@example.com")
        tx.flush()
        Suppression.hear(tx, "broadcast", Wants.REACTIVATE, {READER: "You do not have the required authority."})
        tx.refresh(found)
        assert found.lifted_at is None and "authority" in found.told
