"""How much there is to do at this moment."""

from jobs.connection import redis_connection
from jobs.door import QUEUES, queue_named


def unfinished() -> int:
    """Jobs that are queued or running. All queues are read in one transaction: no job can hide between two of them."""
    queues = [queue_named(name) for name in QUEUES]
    with redis_connection().pipeline(transaction=True) as pipeline:
        for queue in queues:
            pipeline.llen(queue.key)
            pipeline.zcard(queue.started_job_registry.key)
        return sum(pipeline.execute())
