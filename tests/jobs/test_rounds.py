"""The rounds of every minute."""

from itertools import islice

from jobs.rounds import _pages
from models.rounds import Round


def test_a_round_ends_although_somebody_falls_due_at_every_moment():
    always_one_more = _pages(lambda tx, limit: Round(members=1, delivery_ids=[7]), limit=2)
    assert [page.delivery_ids for page in islice(always_one_more, 5)] == [[7]]


def test_a_round_goes_on_while_pages_are_full():
    sizes = iter([2, 2, 1, 0])
    assert [page.members for page in _pages(lambda tx, limit: Round(next(sizes), []), limit=2)] == [2, 2, 1]
