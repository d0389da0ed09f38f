"""Jobs for the tests of the queue. What they did is read from Redis: the list `ran`, the list `calls`."""

import time

from jobs.connection import redis_connection
from jobs.door import job


class Refused(Exception):
    retry = False


@job(queue="default", retry=None)
def note(word):
    redis_connection().rpush("ran", word)


@job(queue="high", retry=None)
def sign_in(word):
    redis_connection().rpush("ran", word)


@job(queue="low", retry=(1, [0]), timeout=30)
def row(number, seconds):
    time.sleep(seconds)
    redis_connection().rpush("ran", number)


@job(queue="default", retry=None)
def stumble(word):
    raise ValueError(word)


@job(queue="default", retry=(1, [1]))
def stumble_once(word):
    if redis_connection().incr("stumbled") == 1:
        raise ValueError(word)
    redis_connection().rpush("ran", word)


@job(queue="default", retry=(3, [0]))
def refuse(word):
    redis_connection().rpush("ran", word)
    raise Refused(word)


@job(queue="default", timeout=1, retry=None)
def dawdle(word):
    for _ in range(500):
        time.sleep(0.01)
    redis_connection().rpush("ran", word)


@job(queue="default", timeout=1, retry=(1, [0]))
def ignore_the_time(word):
    time.sleep(30)


@job(queue="mailers", chunk=100, retry=None)
def letters(ids):
    redis_connection().rpush("calls", len(ids))
    return [ValueError(f"letter {id}") if id % 10 == 3 else None for id in ids]


@job(queue="mailers", chunk=100, retry=(1, [0]))
def slow_letters(ids):
    redis_connection().rpush("calls", len(ids))
    time.sleep(1)
    redis_connection().rpush("ran", *ids)
    return [None] * len(ids)


@job(queue="mailers", chunk=100, retry=None)
def lost_letters(ids):
    raise ConnectionError("the post office is closed")


@job(queue="mailers", chunk=100, retry=(1, [1]))
def late_letters(ids):
    redis_connection().rpush("calls", len(ids))
    if redis_connection().incr("tried") == 1:
        raise ConnectionError("the post office is closed")
    return [None] * len(ids)


@job(queue="mailers", chunk=100, retry=None)
def miscounted_letters(ids):
    return [None]


def answer(word):
    """Not declared with @job: as RQ's own users enqueue."""
    return word.upper()


def after_success(job, connection, result):
    connection.rpush("ran", f"success {result}")


def after_failure(job, connection, kind, error, traceback):
    connection.rpush("ran", f"failure {error}")


@job(queue="default", retry=None)
def sleepers(number):
    time.sleep(0.001)


@job(queue="high")
def tick():
    redis_connection().rpush("ran", "tick")
