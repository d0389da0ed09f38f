"""Whether the processes beside this one live, as Redis tells."""

import time
from typing import NamedTuple

from redis import RedisError
from rq import Worker
from rq.serializers import JSONSerializer

from jobs.connection import hurry, redis_connection
from jobs.schedule import next_tick

PATIENCE = 90.0  # seconds that a tick, which comes every minute, may be late


class Alive(NamedTuple):
    workers: int
    ticks: bool  # whether the scheduler has asked what is due, and will again

    @property
    def is_well(self) -> bool:
        return self.workers > 0 and self.ticks


@hurry()
def alive() -> Alive | None:
    """Within about 3 s; None when Redis does not answer."""
    try:
        redis = redis_connection()
        due = next_tick(redis)
        workers = Worker.all(connection=redis, serializer=JSONSerializer)
    except RedisError:
        return None
    return Alive(len(workers), due is not None and time.time() - due < PATIENCE)
