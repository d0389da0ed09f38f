"""A program that asks too much is told to wait, and nobody else is."""

import time

from models.api_key import Scope
from tests.web.programs import issued, problem
from web.api.door import BURST
from web.limits import spend


def test_a_bucket_is_emptied_and_fills_again():
    assert [spend("x", 3, 0.2).is_allowed for _ in range(4)] == [True, True, True, False]
    refused = spend("x", 3, 0.2)
    assert not refused.is_allowed and 0 < refused.seconds <= 0.2
    assert spend("y", 3, 0.2).left == 2
    time.sleep(refused.seconds + 0.02)
    assert spend("x", 3, 0.2).is_allowed


def test_every_answer_tells_what_is_left(call, sent):
    first, second = call(sent), call(f"{sent}x")
    assert first.headers["RateLimit-Limit"] == str(BURST)
    assert int(first.headers["RateLimit-Remaining"]) == BURST - 1 and "Retry-After" not in first.headers
    assert "RateLimit-Limit" not in second.headers  # nobody had to come in for that


def test_a_key_that_asks_too_much_is_told_when_to_come_back(ada, call, sent):
    for _ in range(BURST):
        spend(f"api:{ada.key}", BURST, 60)
    answer = call(sent)
    assert problem(answer) == (429, "too_many_requests")
    assert int(answer.headers["Retry-After"]) >= 1 and answer.headers["RateLimit-Remaining"] == "0"
    assert call(sent, key=issued(ada.id, Scope.EDITIONS_READ)).status_code == 200


def test_without_redis_nobody_is_held_up(call, sent, without_redis):
    assert call(sent).status_code == 200
