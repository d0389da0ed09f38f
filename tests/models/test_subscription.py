"""Subscriptions: every change leaves a trace and is counted, whichever way it comes."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from models import clock
from models.contact import Contact
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.standing import Standing
from models.subscription import State, Subscription
from models.subscription_change import Change, How, SubscriptionChange
from tests import people

READERS = {f"reader{n}@example.com": f"Reader {n}" for n in range(5)}


@pytest.fixture
def publication():
    with transaction() as tx:
        made = Publication(workspace=people.workspace(tx), name="Notes")
        tx.add(made)
        tx.flush()
        made.subscribe(tx, READERS, consent="on paper", change=Change(How.OPERATOR, "ada@example.com"))
        return made


def subscription(tx, number=0):
    found = select(Subscription).join(Contact).where(Contact.email == f"reader{number}@example.com")
    return tx.scalars(found).one()


def history(number=0):
    with transaction() as tx:
        found = SubscriptionChange.of(tx, [subscription(tx, number).id])
        return [(each.before, each.after, each.how, each.by, each.words) for each in found]


def counted(publication):
    """What is kept, and what is."""
    with transaction() as tx:
        rows = tx.execute(text("select state, count(*) from subscriptions group by 1"))
        return publication.standing(tx), {state: count for state, count in rows}  # noqa: C416


def test_the_first_change_says_who_added_them_and_with_what_consent(publication):
    assert history() == [("", "active", "operator", "ada@example.com", "on paper")]
    assert counted(publication) == ({"active": 5}, {"active": 5})


def test_leaving_pausing_and_coming_back_are_kept_in_order(publication, clock):
    with transaction() as tx:
        subscription(tx).pause(tx, clock.forward(seconds=0) + timedelta(days=9))
    with transaction() as tx:
        subscription(tx).resume(Change(How.PAGE, words="I go on"))
    with transaction() as tx:
        subscription(tx).leave(tx, Change(How.ONE_CLICK, ip="192.0.2.1"))
    with transaction() as tx:
        subscription(tx).leave(tx)  # a repeat
    with transaction() as tx:
        subscription(tx).come_back()
    steps = [(before, after, how) for before, after, how, *_ in history()[1:]]
    assert steps == [
        ("active", "paused", "page"),
        ("paused", "active", "page"),
        ("active", "unsubscribed", "one-click"),
        ("unsubscribed", "active", "page"),
    ]
    assert counted(publication) == ({"active": 5}, {"active": 5})


def test_a_statement_that_knows_nothing_of_histories_leaves_a_trace_and_is_counted(publication):
    with transaction() as tx:
        subscription(tx).leave(tx, Change(How.MAIL, words="unsubscribe"))
    with transaction() as tx:
        tx.execute(text("update subscriptions set state = 'bounced', left_at = now()"))
    assert history()[-1] == ("unsubscribed", "bounced", "", "", "")
    with transaction() as tx:
        tx.execute(text("delete from subscriptions where id % 2 = 0"))
    kept, real = counted(publication)
    assert kept == real


def test_counts_are_the_same_when_they_are_folded(publication):
    for number in range(4):
        with transaction() as tx:
            subscription(tx, number).leave(tx)
    before = counted(publication)
    with transaction() as tx:
        assert Standing.fold(tx) > 2
    with transaction() as tx:
        assert Standing.fold(tx) == 0
    assert counted(publication) == before == ({"active": 1, "unsubscribed": 4},) * 2


def test_a_deleted_publication_takes_its_counts_with_its_subscriptions(publication):
    with transaction() as tx:
        tx.delete(tx.get_one(Publication, publication.id))
    assert counted(publication) == ({}, {})


def test_who_pauses_is_not_in_the_audience_and_comes_back_by_itself(publication, clock):
    until = clock.at("2026-05-04 08:00") + timedelta(days=7)
    with transaction() as tx:
        subscription(tx).pause(tx, until)
    with transaction() as tx:
        assert (publication.subscribers(tx), audience(tx, publication)) == (4, 4)
    clock.at(until)
    with transaction() as tx:
        assert (publication.subscribers(tx), audience(tx, publication)) == (5, 5)


def test_what_waits_for_who_pauses_is_not_sent(publication):
    with transaction() as tx:
        audience(tx, publication)
        subscription(tx).pause(tx, clock.now() + timedelta(days=7))
    with transaction() as tx:
        rows = tx.execute(text("select state, count(*) from deliveries group by 1 order by 1")).all()
    assert [tuple(row) for row in rows] == [("canceled", 1), ("queued", 4)]


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_only_who_left_of_their_own_accord_can_come_back_by_a_link(publication, state):
    with transaction() as tx:
        subscription(tx).state = state
    with transaction() as tx:
        subscription(tx).come_back()
    assert history()[-1][1] == ("active" if state == State.UNSUBSCRIBED else state)


def audience(tx, publication):
    words = {"subject": "x", "html": "x", "text": "x"}
    edition = Edition(workspace_id=publication.workspace_id, publication_id=publication.id, **words)
    tx.add(edition)
    tx.flush()
    assert edition.publish(tx) and edition.address(tx)
    return edition.audience
