"""The addresses that nothing is sent to."""

import pytest
from sqlalchemy import select

from models.db import transaction
from models.suppression import Suppression


def found(workspace, email):
    with transaction() as tx:
        return tx.scalar(select(Suppression).filter_by(workspace_id=workspace, email=email))


def test_an_address_is_added_with_a_reason_and_postmark_is_to_be_told(ada, adas):
    adas.get("/suppressions").press("Send nothing there", email="Foe@Example.com", stream="broadcast", reason="wrote")
    row = found(ada.id, "foe@example.com")
    assert (row.reason, row.added_by, row.wants, row.lifted_at) == ("wrote", "ada@example.com", "suppress", None)
    assert "Postmark is being told" in adas.text
    assert "foe@example.com" not in adas.get("/suppressions?beginning=barred").text


def test_one_is_lifted_with_a_reason(ada, adas):
    adas.get("/suppressions").press("Lift", because="a new mailbox")
    row = found(ada.id, "barred@example.com")
    assert row.lifted_at and (row.lifted_because, row.lifted_by) == ("a new mailbox", "ada@example.com")
    assert row.wants == "reactivate" and "a new mailbox" in adas.text


def test_without_a_reason_it_stays(ada, adas):
    adas.get("/suppressions").press("Lift")
    assert adas.status == 422 and found(ada.id, "barred@example.com").lifted_at is None


@pytest.mark.parametrize("typed", [{"email": "x"}, {"reason": ""}, {"stream": "x"}])
def test_what_is_wrong_is_said(ada, adas, typed):
    whole = {"email": "foe@example.com", "stream": "broadcast", "reason": "wrote"}
    adas.get("/suppressions").press("Send nothing there", **whole | typed)
    assert adas.status == 422 and len(adas.errors) == 1
