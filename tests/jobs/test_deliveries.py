"""Sending, where no story goes."""

import pytest

from jobs.deliveries import send_delivery
from models import sending
from models.db import transaction
from models.delivery import Addressee, Delivery
from models.sign_in import SignIn
from tests import people


def test_what_was_not_written_before_its_claim_ran_out_goes_back_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "CLAIM_HOLDS", -1)
    with transaction() as tx:
        people.workspace(tx)
        asked = SignIn.ask(tx, people.person(tx, "Ada"))
        assert asked
        (number,) = Delivery.address(tx, "sign_in", [Addressee(asked.workspace_id, asked.id, "ada@example.com")])
    with pytest.raises(Exception, match="the claim ran out"):
        send_delivery(number)
    with transaction() as tx:
        delivery = tx.get_one(Delivery, number)
    assert (delivery.state, delivery.attempts) == ("queued", 1)
