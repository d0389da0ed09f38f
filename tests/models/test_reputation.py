"""When a newsletter is stopped for what comes back of it."""

import json

import pytest
from sqlalchemy import select, text

from models import delivery_event, reputation
from models.db import transaction
from models.delivery import Delivery
from models.delivery_event import DeliveryEvent
from models.edition import Edition
from models.pause import Pause
from models.publication import Publication
from models.subscription import Subscription
from tests import people


@pytest.fixture
def edition():
    with transaction() as tx:
        workspace = people.workspace(tx)
        workspace.admit(tx, people.person(tx, "Grace"), role="admin")
        workspace.admit(tx, people.person(tx, "Edith"), role="editor")
        publication = Publication(workspace=workspace, name="Notes")
        tx.add(publication)
        tx.flush()
        emails = {f"reader{number}@example.com": "" for number in range(2_000)}
        publication.subscribe(tx, emails, consent="signed up on paper")
        made = Edition(workspace_id=workspace.id, publication=publication, subject="News", html="", text="")
        tx.add(made)
        tx.flush()
        assert made.publish(tx) and made.address(tx)
        return made


def settle(state, count):
    """So many more of the deliveries end like this."""
    some = "select id from deliveries where state = 'queued' order by id limit :count"
    change = f"update deliveries set state = :state, sent_at = now(), settled_at = now() where id in ({some})"
    with transaction() as tx:
        tx.execute(text(change), {"state": state, "count": count})


def judge():
    with transaction() as tx:
        return reputation.judge(tx)


@pytest.mark.parametrize(
    ("delivered", "bounced", "complained", "bad"),
    [(94, 6, 0, True), (95, 5, 0, False), (50, 40, 0, False), (900, 0, 5, False), (1_499, 0, 1, False),
     (1_498, 0, 2, True), (1_999, 0, 1, False)],
)  # fmt: skip
def test_a_newsletter_is_paused_beyond_the_marks_and_not_on_small_numbers(edition, delivered, bounced, complained, bad):
    for state, count in (("delivered", delivered), ("bounced", bounced), ("complained", complained)):
        settle(state, count)
    assert len(judge()) == bad
    with transaction() as tx:
        assert (tx.get_one(Publication, edition.publication_id).paused_at is not None) == bad


def test_it_is_paused_once_and_its_owners_and_admins_are_told_once(edition):
    settle("bounced", 100)
    (pause,) = judge()
    assert "100 of the latest 100 mails bounced" in pause.because
    assert judge() == []
    with transaction() as tx:
        assert len(pause.tell(tx)) == 2
        assert pause.tell(tx) == []
        told = tx.scalars(select(Delivery.recipient).filter_by(kind="pause")).all()
    assert sorted(told) == ["ada@example.com", "grace@example.com"]


def test_a_resumption_starts_afresh_and_a_new_storm_is_a_new_pause(edition):
    settle("bounced", 100)
    judge()
    with transaction() as tx:
        tx.get_one(Publication, edition.publication_id).resume()
    assert judge() == []
    settle("delivered", 100)
    assert judge() == []
    settle("bounced", 100)
    assert len(judge()) == 1
    with transaction() as tx:
        assert len(tx.scalars(select(Pause)).all()) == 2


@pytest.mark.parametrize(
    ("event", "told", "state"),
    [("Bounce", {"Type": "HardBounce"}, "bounced"), ("Bounce", {"Type": "SoftBounce"}, "active"),
     ("SpamComplaint", {"Type": "SpamComplaint"}, "complained"), ("Delivery", {}, "active")],
)  # fmt: skip
def test_a_hard_bounce_or_a_complaint_ends_the_subscription(edition, event, told, state):
    with transaction() as tx:
        delivery = tx.scalars(select(Delivery).limit(1)).one()
        payload = json.dumps({"Metadata": {"delivery": str(delivery.id)}, **told})
        number = DeliveryEvent.receive(tx, type=event, key="one", payload=payload)
        delivery_event.apply(tx, [number])
    with transaction() as tx:
        found = tx.scalars(select(Subscription).where(Subscription.contact.has(email=delivery.recipient))).one()
        assert found.state == state
        assert len(tx.scalars(select(Subscription).filter_by(state="active")).all()) == 1_999 + (state == "active")
