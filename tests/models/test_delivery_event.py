"""What the provider says, in whatever order it says it."""

import itertools
import json

import pytest

from models import sending
from models.db import transaction
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
    told = {"RecordType": type, "MessageID": PROVIDER_ID, "Metadata": {"delivery": str(delivery.id)}, **more}
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type=type, key=str(next(_keys)), payload=json.dumps(told))
        DeliveryEvent.open(tx, number).apply(tx)


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
        assert DeliveryEvent.open(tx, first).type == "Open"


def test_an_event_of_nobodys_message_is_kept(delivery):
    told = json.dumps({"RecordType": "Delivery", "MessageID": "somebody else's", "Metadata": {"delivery": "x"}})
    with transaction() as tx:
        number = DeliveryEvent.receive(tx, type="Delivery", key="k", payload=told)
        DeliveryEvent.open(tx, number).apply(tx)
    with transaction() as tx:
        event = tx.get_one(DeliveryEvent, number)
        assert (event.delivery_id, event.applied_at is None) == (None, False)
