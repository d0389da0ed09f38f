"""Newsletters that count opens and clicks, and those that do not."""

import pytest

from emails.canary import with_canary
from emails.edition import Copy
from emails.edition import edition as composed
from jobs.door import queue_named
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.traces.sight import CANARY


@pytest.fixture
def settings_page(ada):
    return f"/publications/{ada.publication}/edit"


def letter(ada):
    """The published edition as somebody gets it."""
    with transaction() as tx:
        edition = tx.get_one(Edition, ada.edition)
        edition.publish(tx)
        return composed(Copy(edition, 1, "Ada", "ada@example.com"))


def tracks(ada):
    with transaction() as tx:
        return tx.get_one(Publication, ada.publication).tracks


def test_nobody_is_watched_unless_somebody_says_so(ada, adas, settings_page):
    assert "Opens and clicks are not counted" in adas.get(settings_page).text
    sent = letter(ada)
    assert not sent.tracked and CANARY not in str(sent.html)


def test_a_letter_that_is_tracked_has_a_link_that_nobody_sees_in_its_html_alone(ada, adas, settings_page):
    adas.get(settings_page).press("Count opens and clicks")
    assert "Opens and clicks are counted" in adas.text
    sent = letter(ada)
    assert sent.tracked
    assert str(sent.html).count(CANARY) == 1 and CANARY not in str(sent.text)
    assert 'aria-hidden="true"' in str(sent.html) and "display:none" in str(sent.html)


def test_what_was_published_unwatched_stays_so(ada, adas, settings_page):
    letter(ada)
    adas.get(settings_page).press("Count opens and clicks")
    assert not letter(ada).tracked


def test_to_stop_sends_off_the_jobs_that_erase(ada, adas, settings_page):
    adas.get(settings_page).press("Count opens and clicks")
    letter(ada)
    adas.get(settings_page).press("Stop, and erase who did what").press("Yes, do it")
    assert not tracks(ada) and not letter(ada).tracked
    assert [job.func_name for job in queue_named("low").jobs] == ["jobs.traces.erase_traces"]


def test_who_follows_the_hidden_link_finds_a_page_that_does_nothing(browser):
    assert "nothing to do here" in browser().get(CANARY).text


def test_the_hidden_link_comes_first_where_there_is_a_body_and_last_where_there_is_none(ada):
    with transaction() as tx:
        workspace = tx.get_one(Publication, ada.publication).workspace
        assert with_canary("<body class=x><p>Hello", workspace).startswith("<body class=x><div style=")
        assert with_canary("<p>Hello", workspace).startswith("<p>Hello<div style=")
