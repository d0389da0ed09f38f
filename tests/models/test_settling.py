"""What the provider's search says of a batch, and how long it may be believed."""

from datetime import timedelta

import pytest

from models import sending, settling
from models.clock import now
from models.db import transaction
from models.delivery import Addressee, Delivery, State
from models.sending import Outcome
from tests import people


@pytest.fixture
def batch(clock):
    """Sent twelve minutes ago by a worker that was lost since."""
    with transaction() as tx:
        to = [Addressee(people.workspace(tx).id, 1, people.address("Ada"))]
        sending.claim(tx, Delivery.address(tx, "reminder", to))
    clock.forward(minutes=12)
    with transaction() as tx:
        settling.doubt_the_stale(tx)
        return settling.unknown_batches(tx)[0]


def test_an_answer_that_comes_late_says_nothing_of_what_the_search_has_learnt_meanwhile(batch, clock):
    asked_at = now()
    clock.forward(minutes=10)
    with transaction() as tx:
        assert settling.settle(tx, batch, {}, asked_at) == {"sent": 0, "queued": 0}
        assert settling.settle(tx, batch, {}, asked_at + timedelta(minutes=4)) == {"sent": 0, "queued": 1}


def test_an_answer_that_comes_after_all_keeps_a_message_from_going_twice(batch, clock):
    clock.forward(minutes=10)
    with transaction() as tx:
        assert settling.settle(tx, batch, {}) == {"sent": 0, "queued": 1}
        assert sending.record(tx, batch.id, [Outcome(1, State.SENT, provider_id="its id")]) == 1
        assert sending.claim(tx, [1]) == []
