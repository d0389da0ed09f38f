"""A newsletter that does not track, or stops tracking, keeps nothing of what its readers did."""

from sqlalchemy import text

from models.db import transaction
from models.edition import Edition
from models.publication import Publication
from models.traces import privacy
from models.traces.tally import Tally
from tests.models.traces.readers import apply, event, published, sums, traces


def test_a_newsletter_that_does_not_track_keeps_nothing_of_what_comes_all_the_same():
    edition = published(tracks=False)
    apply(event(1, "Open", 60), event(1, "Click", 61, "https://example.com/a"))
    assert (traces(), sums(edition, "open", "click", "client")) == ([], {})
    with transaction() as tx:
        kept = tx.execute(text("select payload, delivery_id from delivery_events")).all()
    assert kept == [("{}", None)] * 2


def test_what_people_did_is_erased_when_a_newsletter_stops_tracking_and_sums_stay(edition, clock):
    apply(event(1, "Open", 60), event(1, "Click", 61, "https://example.com/a"), event(2, "Open", 60))
    before = sums(edition, "open", "click", "link", "client", "country")
    with transaction() as tx:
        assert privacy.stop(tx, tx.get_one(Publication, edition.publication_id)) == [edition.id]
        assert privacy.stop(tx, tx.get_one(Publication, edition.publication_id)) == []
    apply(event(3, "Open", 60))
    with transaction() as tx:
        after = ""
        while after is not None:
            after = privacy.erase(tx, edition.id, after)
    clock.forward(minutes=3)
    with transaction() as tx:
        assert privacy.halfway(tx) == []
    with transaction() as tx:
        assert tx.get_one(Edition, edition.id).tracking == "erased"
        assert set(tx.scalars(text("select payload from delivery_events"))) == {"{}"}
        Tally.fold(tx)
    assert traces() == []
    assert sums(edition, "open", "click", "link", "client", "country") == before


def test_an_erasure_that_was_not_finished_is_taken_up(edition, clock):
    apply(event(1, "Open", 60))
    with transaction() as tx:
        privacy.stop(tx, tx.get_one(Publication, edition.publication_id))
    clock.forward(minutes=3)
    with transaction() as tx:
        assert privacy.halfway(tx) == [edition.id]
