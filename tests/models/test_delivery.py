"""The states of a delivery, and that its sums balance."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models import sending, settling
from models.db import transaction
from models.delivery import Addressee, Delivery, State
from models.sending import Outcome
from models.suppression import Suppression
from tests import people


@pytest.fixture
def workspace_id():
    with transaction() as tx:
        return people.workspace(tx).id


def address(workspace_id, *names, kind="reminder", source=1):
    with transaction() as tx:
        return Delivery.address(tx, kind, [Addressee(workspace_id, source, people.address(name)) for name in names])


def claim(ids):
    with transaction() as tx:
        return sending.claim(tx, ids)


def record(batch_id, *outcomes):
    with transaction() as tx:
        return sending.record(tx, batch_id, outcomes)


def states(workspace_id):
    with transaction() as tx:
        return Delivery.ledger(tx, workspace_id).get("reminder", {})


def test_an_audience_is_addressed_once_however_often_it_is_addressed(workspace_id):
    first = address(workspace_id, "Ada", "Grace", "Grace")
    assert len(first) == 2
    assert address(workspace_id, "Grace", "Edith") != []
    assert states(workspace_id) == {"queued": 3}


def test_a_suppressed_address_has_its_row_and_is_not_sent(workspace_id):
    with transaction() as tx:
        Suppression.impose(tx, workspace_id, "ada@example.com", "outbound", reason="HardBounce", origin="Recipient")
    assert len(address(workspace_id, "Ada", "Grace")) == 1
    assert states(workspace_id) == {"queued": 1, "suppressed": 1}


def test_a_delivery_has_a_workspace_that_exists_keeps_it_and_goes_with_it(workspace_id):
    for refused in (lambda tx: Delivery.address(tx, "reminder", [Addressee(7, 2, "ada@example.com")]), _move):
        address(workspace_id, "Ada")
        with pytest.raises(IntegrityError), transaction() as tx:
            refused(tx)
    with transaction() as tx:
        tx.execute(text("delete from workspaces"))
        assert tx.scalar(text("select count(*) from deliveries")) == 0


def _move(tx):
    tx.execute(text("update deliveries set workspace_id = 7"))


def test_a_delivery_is_claimed_by_one(workspace_id):
    ids = address(workspace_id, "Ada")
    assert [d.id for d in claim(ids)] == ids
    assert claim(ids) == []


def test_an_address_suppressed_after_it_was_addressed_is_not_claimed(workspace_id):
    ids = address(workspace_id, "Ada", "Grace")
    with transaction() as tx:
        Suppression.impose(tx, workspace_id, "ada@example.com", "outbound", reason="SpamComplaint", origin="Recipient")
    assert [d.recipient for d in claim(ids)] == ["grace@example.com"]
    assert states(workspace_id) == {"suppressed": 1, "sending": 1}


def test_a_lifted_suppression_lets_mail_through_again(workspace_id):
    with transaction() as tx:
        Suppression.impose(tx, workspace_id, "ada@example.com", "outbound", reason="HardBounce", origin="Recipient")
        Suppression.lift(tx, workspace_id, "ada@example.com", "outbound")
    assert len(address(workspace_id, "Ada")) == 1


def test_what_was_released_is_not_due_before_its_time(workspace_id, clock):
    clock.at("2026-03-02 10:00")
    (delivery,) = claim(address(workspace_id, "Ada"))
    record(delivery.batch_id, sending.backoff(delivery, "busy"))
    assert claim([delivery.id]) == []
    clock.forward(seconds=6)
    assert [d.attempts for d in claim([delivery.id])] == [2]


def test_what_is_released_for_three_days_has_failed(workspace_id, clock):
    clock.at("2026-03-02 10:00")
    (delivery,) = claim(address(workspace_id, "Ada"))
    clock.forward(days=3, seconds=1)
    record(delivery.batch_id, sending.backoff(delivery, "busy"))
    assert states(workspace_id) == {"failed": 1}


def test_an_answer_for_another_batch_is_not_recorded(workspace_id):
    (delivery,) = claim(address(workspace_id, "Ada"))
    other = "00000000-0000-0000-0000-000000000000"
    assert record(other, Outcome(delivery.id, State.SENT, provider_id="x")) == 0
    assert record(delivery.batch_id, Outcome(delivery.id, State.SENT, provider_id="x")) == 1


def test_a_worker_lost_in_the_middle_leaves_unknown_and_the_provider_decides(workspace_id, clock):
    clock.at("2026-03-02 10:00")
    ada, grace = claim(address(workspace_id, "Ada", "Grace"))
    clock.forward(minutes=3)
    with transaction() as tx:
        assert settling.doubt_the_stale(tx) == 2
        (batch,) = settling.unknown_batches(tx)
        assert settling.settle(tx, batch, {ada.id: "its id"}) == {"sent": 1, "queued": 0}
    assert states(workspace_id) == {"sent": 1, "unknown": 1}
    clock.forward(minutes=20)
    with transaction() as tx:
        assert settling.settle(tx, batch, {}) == {"sent": 0, "queued": 1}
    assert [d.id for d in claim([ada.id, grace.id])] == [grace.id]


def test_an_answer_that_comes_after_the_doubt_still_counts(workspace_id, clock):
    (delivery,) = claim(address(workspace_id, "Ada"))
    clock.forward(minutes=3)
    with transaction() as tx:
        settling.doubt_the_stale(tx)
    record(delivery.batch_id, Outcome(delivery.id, State.SENT, provider_id="its id"))
    assert states(workspace_id) == {"sent": 1}


def test_settling_one_stream_of_a_batch_says_nothing_of_the_other(workspace_id, clock):
    with transaction() as tx:
        Delivery.address(tx, "digest", [Addressee(workspace_id, 1, "ada@example.com")], stream="broadcast")
        ids = [1, *Delivery.address(tx, "reminder", [Addressee(workspace_id, 1, "ada@example.com")])]
    claim(ids)
    clock.forward(hours=1)
    with transaction() as tx:
        settling.doubt_the_stale(tx)
        broadcast = next(batch for batch in settling.unknown_batches(tx) if batch.stream == "broadcast")
        settling.settle(tx, broadcast, {})
    assert states(workspace_id) == {"unknown": 1}
