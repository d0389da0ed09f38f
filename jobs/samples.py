"""How things stand, noted every minute; and how long a job waits in each queue, by one that is sent through it."""

from datetime import datetime
from time import time

from jobs import counting
from jobs.door import QUEUES, job, queue_named
from models import clock
from models.db import transaction
from models.delivery_event import DeliveryEvent
from models.sample import Sample


def depths() -> dict[str, int]:
    """How many jobs wait, by queue. Raises redis.RedisError."""
    return {queue: queue_named(queue).count for queue in QUEUES}


@job(queue="high", timeout=30, retry=None)
def take_samples(waiting: dict[str, int]) -> None:
    """With how much waited in each queue before the tick added to it. A repeat within the minute changes nothing."""
    minute = clock.now().replace(second=0, microsecond=0)
    values = {f"depth {queue}": count for queue, count in waiting.items()} | counting.totals()
    with transaction() as tx:
        Sample.keep(tx, minute, values | {"events": DeliveryEvent.latest(tx)})
        Sample.forget(tx)
    for queue in QUEUES:
        measure_wait.later(queue, minute.isoformat(), time(), queue=queue)


@job(queue="default", timeout=30, retry=None)
def measure_wait(queue: str, minute: str, since: float) -> None:
    """Milliseconds since it was enqueued (Unix time, by the clock that is not moved)."""
    waited = max(0, round((time() - since) * 1000))
    with transaction() as tx:
        Sample.keep(tx, datetime.fromisoformat(minute), {f"wait {queue}": waited})
