"""What moves on a page, as somebody sees it who leaves it open."""

import pytest

from models.db import transaction
from models.edition import Edition
from tests.web.programs import on_its_way
from web import live


@pytest.fixture
def watching(ada, visit):
    on_its_way(ada)
    return visit(ada.owner)


def pause(number):
    with transaction() as tx:
        assert tx.get_one(Edition, number).pause(tx)


def sees_the_pause(visitor, seconds):
    button = visitor.page.get_by_role("button", name="Resume", exact=True)
    button.wait_for(timeout=seconds * 1000)
    assert visitor.page.locator("p[role=status].trap").inner_text() == "paused"
    return True


def test_a_pause_is_seen_and_spoken_without_a_reload(ada, watching):
    watching.go(f"/editions/{ada.edition}")
    with watching.page.expect_request(lambda request: request.resource_type == "eventsource"):
        watching.page.reload()
    watching.page.evaluate("window.stays = true")
    pause(ada.edition)
    assert sees_the_pause(watching, 5)
    assert watching.page.evaluate("window.stays") and watching.complaints == []


def test_without_a_place_the_page_asks_now_and_then(ada, watching):
    for _ in range(live.MOST):
        live._places.acquire()
    try:
        watching.go(f"/editions/{ada.edition}")
        pause(ada.edition)
        assert sees_the_pause(watching, 9)
    finally:
        live._places.release(live.MOST)


def test_what_somebody_is_using_waits_until_they_go_on(ada, watching):
    watching.go(f"/editions/{ada.edition}")
    watching.page.get_by_role("button", name="Cancel", exact=True).focus()
    pause(ada.edition)
    watching.page.locator("#progress .tag", has_text="paused").wait_for(timeout=5000)
    assert not watching.page.get_by_role("button", name="Resume", exact=True).is_visible()
    watching.page.evaluate("document.activeElement.blur()")
    assert sees_the_pause(watching, 5)
