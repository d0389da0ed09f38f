"""An edition for those who are on a list, or are not: each who subscribes is counted, nobody else is mailed."""

import pytest
from sqlalchemy import select

from jobs.editions import address_edition
from models import clock
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.lists.list import List
from models.publication import Publication
from models.reach import Reach
from models.segments.segment import Segment
from models.subscription import Subscription
from models.suppression import Suppression
from tests import people

LEAVE = "{{ unsubscribe_link }}"


@pytest.fixture
def readers():
    """Ten subscribers; a list of the last five and of five who do not subscribe. One of either half is barred."""
    with transaction() as tx:
        workspace = people.workspace(tx)
        letters = Publication(workspace=workspace, name="Notes")
        tx.add(letters)
        tx.flush()
        letters.subscribe(tx, {f"reader{number}@example.com": "" for number in range(10)}, consent="on paper")
        listed = List.begin(tx, workspace.id, "Customers")
        listed.grow(tx, {f"reader{number}@example.com": "" for number in range(5, 15)})
        for number in (1, 6):
            email = f"reader{number}@example.com"
            Suppression.impose(tx, workspace.id, email, "broadcast", reason="HardBounce", origin="Recipient")
        return letters.id, listed.id


def draft(readers, side):
    with transaction() as tx:
        letters = tx.get_one(Publication, readers[0])
        about = {"workspace_id": letters.workspace_id, "publication": letters, "subject": side or "all"}
        made = Edition(html=f"<a href='{LEAVE}'>Leave</a>", text=LEAVE, **about)
        tx.add(made)
        tx.flush()
        assert made.mean(tx, side.format(readers[1]))
        expected = Reach.of(tx, made).counts(tx)
        assert made.publish(tx) and not made.mean(tx, "")
    address_edition.later(made.id)
    return made.id, expected


@pytest.mark.parametrize(
    ("side", "who", "left_out"),
    [("on list {}", {5, 7, 8, 9}, 5), ("not on list {}", {0, 2, 3, 4}, 5), ("", {0, 2, 3, 4, 5, 7, 8, 9}, 0)],
)
def test_only_subscribers_of_that_side_get_it_and_who_does_not_is_counted(postroom, readers, side, who, left_out):
    number, expected = draft(readers, side)
    barred = 1 if side else 2
    assert (expected["gets it"], expected["suppressed"], expected.get("not meant", 0)) == (len(who), barred, left_out)
    postroom.settle()
    postroom.tick()
    with transaction() as tx:
        edition = tx.get_one(Edition, number)
        ledger = Delivery.ledger(tx, edition.workspace_id)["edition"]
    assert (edition.state, edition.audience, edition.left_out) == ("sent", len(who) + barred, left_out)
    assert ledger == {"delivered": len(who), "suppressed": barred}
    assert {message["To"] for message in postroom.sent()} == {f"reader{number}@example.com" for number in who}


def test_who_leaves_the_list_after_it_was_addressed_gets_it_and_who_unsubscribes_does_not(postroom, readers):
    with transaction() as tx:
        letters = tx.get_one(Publication, readers[0])
        about = {
            "workspace_id": letters.workspace_id,
            "publication": letters,
            "subject": "x",
            "html": "x",
            "text": LEAVE,
        }
        edition = Edition(**about, meant_for=f"on list {readers[1]}")
        tx.add(edition)
        tx.flush()
        assert edition.publish(tx) and edition.address(tx)
        tx.get_one(List, readers[1]).remove_addresses(tx, ["reader7@example.com"])
        tx.scalars(select(Subscription).join(Subscription.contact).filter_by(email="reader8@example.com")).one().leave(
            tx
        )
    postroom.tick()
    postroom.tick()
    with transaction() as tx:
        ledger = Delivery.ledger(tx, letters.workspace_id)["edition"]
    assert ledger == {"delivered": 3, "suppressed": 1, "canceled": 1}


@pytest.mark.parametrize("side", ["on list {}", "not on list {}", "everybody and not in segment 1"])
def test_a_list_that_is_gone_chooses_nobody(readers, side):
    with transaction() as tx:
        letters = tx.get_one(Publication, readers[0])
        tx.add(Segment(workspace_id=letters.workspace_id, name="Listed", query=f"on list {readers[1]}"))
        meant = {"meant_for": side.format(readers[1]), "subject": "x", "html": "x", "text": "x"}
        edition = Edition(workspace_id=letters.workspace_id, publication=letters, **meant)
        tx.add(edition)
        tx.get_one(List, readers[1]).deleted_at = clock.now()
        tx.flush()
        assert Reach.of(tx, edition).readers(tx) == 0
        assert edition.publish(tx) and edition.address(tx)
        assert (edition.audience, edition.left_out) == (0, 10)
