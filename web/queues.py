"""The queues as RQ sees them: what waits, who works, how much failed."""

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, render_template
from redis import RedisError
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from jobs.connection import hurry, redis_connection
from jobs.door import QUEUES, queue_named
from models.db import transaction
from models.stream import Stream
from web.live import live
from web.pulse import LATELY, Pulse
from web.visitor import operators_only

page = Blueprint("queues", __name__)

CALLS = 5  # of a worker's that are named


class Line(NamedTuple):
    name: str
    waiting: int
    oldest: datetime | None
    started: int
    scheduled: int
    failed: int


class Hand(NamedTuple):
    name: str
    queues: str
    state: str
    running: int
    done: int
    failed: int
    since: datetime | None
    beaten: datetime | None  # its last heartbeat
    calls: tuple[str, ...]  # the first few of what it runs


@page.get("/queues")
@operators_only
@live
@hurry()
def index() -> str | tuple[str, int]:
    try:
        lines, hands = [_line(queue_named(name)) for name in QUEUES], _hands()
    except RedisError as problem:
        return render_template("queues/down.html", problem=type(problem).__name__), 503
    with transaction() as tx:
        streams, lately = Stream.all(tx), Pulse.of(tx, LATELY)
    return render_template("queues/index.html", lines=lines, hands=hands, streams=streams, lately=lately)


def _line(queue: Queue) -> Line:
    started, scheduled = queue.started_job_registry, queue.scheduled_job_registry
    counts = [each.get_job_count(cleanup=False) for each in (started, scheduled, queue.failed_job_registry)]
    return Line(queue.name, queue.count, _oldest(queue), *counts)


def _oldest(queue: Queue) -> datetime | None:
    first = queue.get_job_ids(0, 1)
    job = Job.fetch_many(first, queue.connection, JSONSerializer)[0] if first else None
    return job.enqueued_at if job else None


def _hands() -> list[Hand]:
    workers = Worker.all(connection=redis_connection(), serializer=JSONSerializer)
    return sorted(_hand(worker) for worker in workers)


def _hand(worker: BaseWorker) -> Hand:
    done, failed = worker.successful_job_count or 0, worker.failed_job_count or 0
    running = worker.get_current_executions()
    jobs = Job.fetch_many([each.job_id for each in running[:CALLS]], redis_connection(), JSONSerializer)
    calls = tuple(job.description or job.func_name or "" for job in jobs if job)
    about = (", ".join(worker.queue_names()), str(worker.get_state()), len(running), done, failed)
    return Hand(worker.name, *about, worker.birth_date, worker.last_heartbeat, calls)
