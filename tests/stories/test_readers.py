"""People and scanners at an edition whose newsletter counts opens and clicks, and one whose does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.editions import address_edition
from jobs.traces import erase_traces
from models import clock
from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.traces import privacy
from models.traces.results import Results
from models.traces.sight import CANARY
from tests import people

HTML = """<html><body><h1>Hello {{ name }}</h1><a href="https://example.com/a">One</a>
<a href="https://example.com/b?reader={{ email }}">Two</a><a href="{{ unsubscribe_link }}">Leave</a></body></html>"""
APPLE = "Mozilla/5.0"
READERS = 12


@pytest.fixture
def edition():
    with transaction() as tx:
        workspace = people.workspace(tx)
        publication = Publication(workspace=workspace, name="Notes", tracks=True)
        tx.add(publication)
        tx.flush()
        publication.subscribe(tx, {f"r{n}@example.com": f"Reader {n}" for n in range(READERS)}, consent="on paper")
        made = Edition(workspace_id=workspace.id, publication=publication, subject="x", html=HTML, text="Hello")
        tx.add(made)
        tx.flush()
        return made


def go_out(postroom, edition):
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).publish(tx)
    address_edition.later(edition.id)
    postroom.settle()
    return postroom.sent()


def do(postroom, message, what, minutes, **how):
    at = clock.now() + timedelta(minutes=minutes)
    answer = postroom.sandbox.post(f"/sandbox/messages/{message['id']}/{what}", json={"at": at.isoformat(), **how})
    answer.raise_for_status()


def read_it(postroom, copies):
    """Three people open it, two of them click; Apple fetches three; a scanner follows all links of two."""
    for copy in copies[:3]:
        do(postroom, copy, "open", 1)
    for copy in copies[:2]:
        do(postroom, copy, "click", 2, link=f"https://example.com/b?reader={copy['To'].rpartition('<')[2].strip('>')}")
    for copy in copies[2:6]:
        do(postroom, copy, "open", 1.2, agent=APPLE)
    for copy in copies[8:10]:
        for place, link in enumerate(hrefs(copy)):
            do(postroom, copy, "click", 0.3 + place / 60, link=link)
    postroom.settle()


def hrefs(copy):
    return [part.partition('"')[0] for part in copy["HtmlBody"].split('href="')[1:]]


def results(edition):
    with transaction() as tx:
        (found,) = Results.of(tx, [tx.scalars(select(Edition).filter_by(id=edition.id)).one()])
        return found, dict(found.links(tx))


def test_people_scanners_and_apple_are_told_apart_and_the_sums_stay_when_who_it_was_is_erased(postroom, edition):
    copies = go_out(postroom, edition)
    assert all(CANARY in copy["HtmlBody"] for copy in copies)
    read_it(postroom, copies)
    found, links = results(edition)
    assert (found.delivered, tuple(found.opens), tuple(found.clicks), found.canaries) == (
        READERS,
        (3, 0, 3),
        (2, 0, 2),
        2,
    )
    assert links["https://example.com/b?reader={{ email }}"] == (2, 0, 2)
    with transaction() as tx:
        erased = privacy.stop(tx, tx.get_one(Publication, edition.publication_id))
    assert erased == [edition.id]
    erase_traces.later(edition.id)
    postroom.settle()
    assert tuple(results(edition)[0].opens) == (3, 0, 3)


def test_where_nobody_is_watched_nothing_is_kept_though_postmark_may_tell(postroom, edition):
    with transaction() as tx:
        tx.get_one(Publication, edition.publication_id).tracks = False
    copies = go_out(postroom, edition)
    assert not any(CANARY in copy["HtmlBody"] for copy in copies)
    read_it(postroom, copies)
    found, links = results(edition)
    assert (found.is_counted, tuple(found.opens), tuple(found.clicks), links) == (False, (0, 0, 0), (0, 0, 0), {})
