"""An edition for many is canceled, or sent to the rest, in a moment; its copies follow by the page."""

import pytest
from sqlalchemy import func, select, text

from jobs.door import queue_named
from jobs.editions import finish_editions
from models import copies, sending
from models.db import transaction
from models.delivery import Delivery
from models.edition import Edition
from models.progress import Progress
from models.publication import Publication
from tests import people

READERS = 12


@pytest.fixture
def edition(monkeypatch):
    """Addressed to so many, three a page."""
    monkeypatch.setattr(copies, "PAGE", 3)
    with transaction() as tx:
        publication = Publication(workspace=people.workspace(tx), name="Notes")
        tx.add(publication)
        tx.flush()
        readers = {f"reader{number}@example.com": "" for number in range(READERS)}
        publication.subscribe(tx, readers, consent="on paper")
        made = Edition(workspace_id=publication.workspace_id, publication=publication, subject="x", html="x", text="x")
        tx.add(made)
        tx.flush()
        assert made.publish(tx) and made.address(tx)
        return made.id


def tell(edition_id, verb):
    with transaction() as tx:
        return verb(tx.get_one(Edition, edition_id), tx)


def states():
    with transaction() as tx:
        return dict(tx.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all())


def progress(edition_id):
    with transaction() as tx:
        return Progress.of(tx, edition_id)


def put(state, where="true"):
    with transaction() as tx:
        tx.execute(text(f"update deliveries set state = '{state}', settled_at = null where {where}"))


def pages(turn, edition_id, most=99):
    """Page after page, as the job does; how many there were."""
    after, count = (), 0
    while after != (None,) and count < most:
        with transaction() as tx:
            after = (turn(tx, edition_id, *after),)
        count += 1
    return count


def test_what_is_canceled_is_canceled_at_once_and_its_rows_follow(edition):
    assert tell(edition, Edition.cancel)
    assert states() == {"queued": READERS}
    for _ in range(2):
        assert (progress(edition).states, progress(edition).balances) == ({"canceled": READERS}, True)
        assert pages(copies.cancel, edition) in (READERS // 3 + 1, 1)
    assert states() == {"canceled": READERS}


def test_nothing_of_a_canceled_edition_is_claimed_meanwhile(edition):
    tell(edition, Edition.cancel)
    with transaction() as tx:
        assert sending.claim(tx, list(tx.scalars(select(Delivery.id)))) == []


def test_a_lost_job_is_taken_up_and_what_comes_back_to_the_queue_is_canceled_too(edition):
    put("unknown", "id = 5")
    tell(edition, Edition.cancel)
    pages(copies.cancel, edition, most=2)
    finish_editions()
    assert [job.args for job in queue_named("default").jobs] == [[edition]]
    pages(copies.cancel, edition)
    put("queued", "id = 5")
    finish_editions()
    assert tell(edition, lambda edition, _: edition.finished_at) is None
    pages(copies.cancel, edition)
    finish_editions()
    assert tell(edition, lambda edition, _: (edition.state, bool(edition.finished_at))) == ("canceled", True)
    assert states() == {"canceled": READERS}


def test_the_rest_is_queued_by_the_page_and_who_fails_again_is_not_queued_twice(edition, clock):
    put("failed")
    finish_editions()
    assert tell(edition, Edition.send_to_the_rest) == READERS
    assert tell(edition, Edition.send_to_the_rest) == 0
    pages(copies.queue_again, edition, most=1)
    assert (progress(edition).states, progress(edition).balances) == ({"queued": 3, "failed": READERS - 3}, True)
    clock.forward(seconds=61)
    with transaction() as tx:
        again = "update deliveries set state = 'failed', settled_at = :now where state = 'queued'"
        tx.execute(text(again), {"now": clock.forward(seconds=1)})
    finish_editions()
    assert [job.func_name.split(".")[-1] for job in queue_named("default").jobs] == ["queue_the_rest"]
    pages(copies.queue_again, edition)
    assert states() == {"queued": READERS - 3, "failed": 3}
    assert tell(edition, Edition.send_to_the_rest) == 3


def test_it_is_not_finished_before_all_of_the_rest_are_queued(edition):
    put("failed")
    finish_editions()
    tell(edition, Edition.send_to_the_rest)
    finish_editions()
    assert (tell(edition, lambda edition, _: edition.state), progress(edition).state) == ("sending", "sending")
    pages(copies.queue_again, edition)
    put("sent")
    assert progress(edition).state == "sent"
    finish_editions()
    assert tell(edition, lambda edition, _: edition.state) == "sent"


def test_canceling_ends_the_queueing_of_the_rest(edition):
    put("failed")
    tell(edition, Edition.send_to_the_rest)
    pages(copies.queue_again, edition, most=1)
    tell(edition, Edition.cancel)
    assert pages(copies.queue_again, edition) == 1
    pages(copies.cancel, edition)
    assert states() == {"failed": READERS - 3, "canceled": 3}


def test_what_was_canceled_a_moment_ago_is_sent_after_all(edition):
    tell(edition, Edition.cancel)
    pages(copies.cancel, edition, most=1)
    assert tell(edition, Edition.send_to_the_rest) == READERS
    pages(copies.cancel, edition)
    pages(copies.queue_again, edition)
    assert states() == {"queued": READERS}


def test_who_is_sent_it_again_after_long_keeps_their_moment_and_is_not_given_up_at_the_first_trouble(edition, clock):
    put("failed")
    clock.forward(days=4)
    tell(edition, Edition.send_to_the_rest)
    pages(copies.queue_again, edition)
    with transaction() as tx:
        first, *_ = sending.claim(tx, list(tx.scalars(select(Delivery.id))))
        assert first.created_at < clock.forward(days=0) - sending.GIVE_UP_AFTER
    assert sending.backoff(first, "busy").state == "queued"
    clock.forward(days=4)
    assert sending.backoff(first, "busy").state == "failed"
