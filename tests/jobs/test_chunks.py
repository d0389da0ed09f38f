"""Many jobs done as one, and who is to blame when they cannot be."""

import pytest
from redis.exceptions import ConnectionError as NoRedis
from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import OperationalError

from jobs.chunks import done
from jobs.door import job

AWAY = OperationalError("select 1", {}, Exception("nobody there"))

tries: list[list[int]] = []
given_up: dict[int, str] = {}
problems: list[Exception] = []


@job(queue="low", chunk=10)
def count(ids):
    return done(count, ids, _count, given_up.__setitem__)


@job(queue="low", chunk=10)
def count_all(ids):
    return done(count_all, ids, _count)


def _count(ids):
    tries.append(ids)
    if 3 in ids:
        raise problems[0]


@pytest.fixture(autouse=True)
def afresh():
    for each in (tries, given_up, problems):
        each.clear()


def test_where_one_cannot_be_done_the_others_are_and_it_is_given_up():
    problems.append(ValueError("odd"))

    assert count.together([1, 3, 5]) == [None, None, None]
    assert tries == [[1, 3, 5], [1], [3], [5]]
    assert given_up == {3: "ValueError: odd"}


@pytest.mark.parametrize("verb", [count, count_all])
def test_what_a_database_that_is_away_keeps_from_being_done_comes_again(verb):
    problems.append(AWAY)

    assert verb.together([1, 3]) == [None, AWAY]
    assert not given_up


def test_what_cannot_be_given_up_fails_by_itself():
    problems.append(ValueError("odd"))

    assert count_all.together([1, 3]) == [None, problems[0]]


@pytest.mark.parametrize("problem", [JobTimeoutException("time is up"), NoRedis("away")])
def test_when_time_is_up_none_is_tried_by_itself_and_none_is_to_blame(problem):
    problems.append(problem)

    with pytest.raises(type(problem)):
        count.together([1, 3, 5])
    assert tries == [[1, 3, 5]]
    assert not given_up
