"""What the provider says, in whatever order it says it."""

import itertools
import json

import pytest
from sqlalchemy import text

from models import delivery_event, sending
from models.db import engine, transaction
from models.delivery import Addressee, Delivery, State
from models.delivery_event import DeliveryEvent
from models.sending import Outcome
from models.suppression import Suppression
from tests import people

PROVIDER_ID = "883953f4-6105-42a2-a16a-77a8eac79483"
_keys = itertools.count()


@pytest.fixture
def delivery():
    with transaction() as tx:
        workspace = people.workspace(tx)
        ids = Delivery.address(tx, "reminder", [Addressee(workspace.id, 1, "ada@example.com")])
        return sending.claim(tx, ids)[0]


def hear(delivery, type, **more):
    with transaction() as tx:
        assert delivery_event.apply(tx, [received(tx, delivery, type, **more)]) == set()


def received(tx, delivery, type, **more):
    told = {"RecordType": type, "MessageID": PROVIDER_ID, "Metadata": {"delivery": str(delivery.id)}, **more}
    return DeliveryEvent.receive(tx, type=type, key=str(next(_keys)), payload=json.dumps(told))


def accept(delivery):
    with transaction() as tx:
        sending.record(tx, delivery.batch_id, [Outcome(delivery.id, State.SENT, provider_id=PROVIDER_ID)])


def state(delivery):
    with transaction() as tx:
        return tx.get_one(Delivery, delivery.id).state


def suppressed(delivery):
    with transaction() as tx:
        found = tx.query(Suppression).filter_by(workspace_id=delivery.workspace_id, lifted_at=None)
        return [(each.email, each.reason) for each in found]


BOUNCE = {"Type": "HardBounce", "Email": "ada@example.com", "Inactive": True, "Description": "unknown user"}


@pytest.mark.parametrize("order", list(itertools.permutations(["accept", "Delivery", "Bounce", "SpamComplaint"])))
def test_the_gravest_word_wins_in_any_order(delivery, order):
    for word in order:
        accept(delivery) if word == "accept" else hear(delivery, word, **(BOUNCE if word == "Bounce" else {}))
    assert state(delivery) == "complained"


@pytest.mark.parametrize("order", list(itertools.permutations(["accept", "Delivery", "Bounce"])))
def test_a_late_delivery_does_not_undo_a_bounce(delivery, order):
    for word in order:
        accept(delivery) if word == "accept" else hear(delivery, word, **(BOUNCE if word == "Bounce" else {}))
    assert state(delivery) == "bounced"


@pytest.mark.parametrize("kind", ["Open", "Click", "Delivery"])
def test_any_event_proves_that_an_unknown_message_was_accepted(delivery, kind):
    with transaction() as tx:
        sending.record(tx, delivery.batch_id, [Outcome(delivery.id, State.UNKNOWN, "time-out")])
    hear(delivery, kind)
    assert state(delivery) == ("delivered" if kind == "Delivery" else "sent")


def test_a_hard_bounce_and_a_complaint_suppress_at_once(delivery):
    hear(delivery, "Bounce", **BOUNCE)
    assert suppressed(delivery) == [("ada@example.com", "HardBounce")]


@pytest.mark.parametrize("kind", ["Transient", "AutoResponder", "ChallengeVerification"])
def test_a_passing_trouble_is_no_bounce(delivery, kind):
    accept(delivery)
    hear(delivery, "Bounce", Type=kind, Email="ada@example.com")
    assert (state(delivery), suppressed(delivery)) == ("sent", [])


def test_a_soft_bounce_did_not_arrive_but_the_address_may_be_tried_again(delivery):
    hear(delivery, "Bounce", Type="SoftBounce", Email="ada@example.com", Inactive=False)
    assert (state(delivery), suppressed(delivery)) == ("bounced", [])


def test_leaving_and_coming_back_is_heard(delivery):
    hear(delivery, "SubscriptionChange", Recipient="Ada@example.com", SuppressSending=True)
    assert suppressed(delivery) == [("ada@example.com", "ManualSuppression")]
    hear(delivery, "SubscriptionChange", Recipient="ada@example.com", SuppressSending=False, MessageID=None)
    assert suppressed(delivery) == []


def test_the_same_event_twice_is_stored_once():
    with transaction() as tx:
        first = DeliveryEvent.receive(tx, type="Open", key="one", payload="{}")
        assert DeliveryEvent.receive(tx, type="Open", key="one", payload="{}") is None
        assert tx.get_one(DeliveryEvent, first).type == "Open"


def test_an_event_of_nobodys_message_is_kept(delivery):
    told = json.dumps({"RecordType": "Delivery", "MessageID": "somebody else's", "Metadata": {"delivery": "x"}})
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type="Delivery", key="k", payload=told)
        delivery_event.apply(tx, [number])
    with transaction() as tx:
        event = tx.get_one(DeliveryEvent, number)
        assert (event.delivery_id, event.applied_at is None) == (None, False)


@pytest.mark.parametrize("order", list(itertools.permutations(["Delivery", "Bounce", "Open"])))
def test_events_that_are_applied_together_count_as_those_that_are_not(delivery, order):
    with transaction() as tx:
        ids = [received(tx, delivery, kind, **(BOUNCE if kind == "Bounce" else {})) for kind in order]
        assert delivery_event.apply(tx, ids) == set()
    with transaction() as tx:
        row = tx.get_one(Delivery, delivery.id)
        assert (row.state, row.reason, row.provider_id) == ("bounced", "HardBounce: unknown user", PROVIDER_ID)
        assert [event.delivery_id for event in tx.query(DeliveryEvent)] == [delivery.id] * 3
    assert suppressed(delivery) == [("ada@example.com", "HardBounce")]


def test_an_event_waits_for_a_delivery_that_somebody_is_changing(delivery):
    with transaction() as tx:
        number = received(tx, delivery, "Delivery")
    with engine().begin() as other:
        other.execute(text("select from deliveries where id = :id for update"), {"id": delivery.id})
        with transaction() as tx:
            assert delivery_event.apply(tx, [number]) == {number}
    with transaction() as tx:
        assert delivery_event.apply(tx, [number]) == set()
        assert delivery_event.apply(tx, [number]) == set()
    assert state(delivery) == "delivered"
