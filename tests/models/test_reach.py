"""Who gets an edition, who does not, and why: by count and by name, and the same people when it is addressed."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from models.contact import Contact
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.reach import Reach, Why
from models.segments.conditions import Reference
from models.segments.segment import Segment
from models.segments.written import written
from models.subscription import Subscription
from models.suppression import Suppression
from tests import people
from tests.models.segments import world
from tests.models.segments.conditions import conditions

DRAFT = 4


@pytest.fixture
def everybody(clock):
    clock.at(world.NOW)
    return world.settle(seed=1843, size=50)


def told(tx, edition):
    reach = Reach.of(tx, edition)
    return reach, reach.counts(tx)


def test_each_person_has_one_reason_and_those_who_get_it_are_those_who_are_addressed(everybody, clock):
    @settings(max_examples=40, deadline=None)
    @given(conditions(*2 * [st.builds(Reference, st.sampled_from([1, 2, 3]))]).map(written) | st.just(""))
    def agree(query):
        clock.at(world.NOW)
        with transaction() as tx:
            edition = tx.get_one(Edition, DRAFT)
            assert edition.mean(tx, query)
            reach, counts = told(tx, edition)
            names = {why: {each.email for each in tx.scalars(reach.found(Why(why)))} for why in counts}
            assert counts == {why: len(found) for why, found in names.items()}
            assert len(set().union(*names.values())) == sum(counts.values())
            assert edition.publish(tx) and edition.address(tx)
            rows = tx.query(Delivery).filter_by(kind="edition", source_id=DRAFT).all()
            for state, why in (("queued", "gets it"), ("suppressed", "suppressed")):
                assert {row.recipient for row in rows if row.state == state} == names.get(why, set())
            assert edition.audience == len(rows)
            tx.rollback()

    agree()


def test_whoever_is_left_out_is_named_with_the_reason(clock):
    with transaction() as tx:
        workspace = people.workspace(tx)
        tx.execute(
            text(
                "insert into publications (workspace_id, name, tracks, paused_because, created_at) "
                "values (1, 'Notes', false, '', now())"
            )
        )
        states = ("active", "unconfirmed", "unsubscribed", "bounced", "complained")
        for name in (*states, "paused", "suppressed", "staff", "stranger"):
            contact = Contact(
                workspace_id=1, email=f"{name}@example.com", tags=["staff"] if name == "staff" else ["vip"]
            )
            tx.add(contact)
            tx.flush()
            until = clock.forward(days=0) + timedelta(days=1) if name == "paused" else None
            state = name if name in states else "active"
            known = {"publication_id": 1, "contact_id": contact.id, "state": state, "paused_until": until}
            if name != "stranger":
                tx.add(Subscription(workspace_id=1, **known))
        Suppression.impose(tx, 1, "suppressed@example.com", "broadcast", reason="HardBounce", origin="Recipient")
        tx.add(Segment(workspace_id=1, name="Staff", query='tag = "staff"'))
        words = {"subject": "x", "html": "x", "text": "x"}
        edition = Edition(workspace_id=workspace.id, publication_id=1, meant_for="not in segment 1", **words)
        tx.add(edition)
        tx.flush()
        reach, counts = told(tx, edition)
        assert counts == {str(why): 1 for why in Why}
        known = {str(why): [each.email.split("@")[0] for each in tx.scalars(reach.found(why))] for why in Why}
    expected = {str(why): [str(why)] for why in Why} | {"not meant": ["staff"], "gets it": ["active"]}
    assert known == expected
