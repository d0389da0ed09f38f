"""Jobs of one queue that failed for good: look at them, try them again, or throw them away."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.registry import FailedJobRegistry
from rq.serializers import JSONSerializer
from werkzeug.wrappers import Response

from jobs.connection import hurry
from jobs.door import queue_named
from models.db import transaction
from web.audit import audit
from web.queues import NAMES
from web.visitor import operators_only

page = Blueprint("failed_jobs", __name__, url_prefix="/queues/<queue>/failed-jobs")

SIZE = 20  # on a page
MOST = 500  # dealt with by one press of a button: a request has 30 seconds


_NAMED = re.compile(r"^[\w.]+: .*", re.MULTILINE)


class Failure(NamedTuple):
    id: str
    call: str
    at: datetime | None
    error: str

    @property
    def headline(self) -> str:
        """The line of a traceback that names the error; its message may have more lines below."""
        named = _NAMED.findall(self.error) or self.error.strip().splitlines()[-1:] or ["No error was kept"]
        return named[-1][:300]


@page.get("")
@operators_only
@hurry()
def index(queue: str) -> str:
    registry = _registry(queue)
    wanted = request.args.get("page", "")
    number = max(1, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    total = registry.get_job_count()
    ids = registry.get_job_ids((number - 1) * SIZE, number * SIZE - 1, desc=True)
    about = {"queue": queue, "total": total, "number": number, "is_last": number * SIZE >= total, "most": MOST}
    return render_template("failed_jobs/index.html", failures=_failures(registry, ids), **about)


@page.post("/<job_id>/retry")
@operators_only
def retry(queue: str, job_id: str) -> Response:
    done = _retry(_registry(queue), [job_id])
    return _back(
        queue, "retried", done, "It is in the queue again." if done else "It is not among the failed any more."
    )


@page.post("/<job_id>/discard")
@operators_only
def discard(queue: str, job_id: str) -> Response:
    done = _discard(_registry(queue), [job_id])
    return _back(queue, "discarded", done, "It is gone.")


@page.post("/retry")
@operators_only
def retry_all(queue: str) -> Response:
    registry = _registry(queue)
    done = _retry(registry, registry.get_job_ids(0, MOST - 1))
    return _back(queue, "retried", done, f"{done} in the queue again.")


@page.post("/discard")
@operators_only
def discard_all(queue: str) -> Response:
    registry = _registry(queue)
    done = _discard(registry, registry.get_job_ids(0, MOST - 1))
    return _back(queue, "discarded", done, f"{done} gone.")


def _registry(queue: str) -> FailedJobRegistry:
    return queue_named(queue).failed_job_registry if queue in NAMES else abort(404)


def _failures(registry: FailedJobRegistry, ids: list[str]) -> list[Failure]:
    jobs = Job.fetch_many(ids, registry.connection, JSONSerializer)
    return [_failure(job) for job in jobs if job]


def _failure(job: Job) -> Failure:
    result = job.latest_result()
    return Failure(job.id, job.description or job.func_name or "", job.ended_at, (result and result.exc_string) or "")


def _retry(registry: FailedJobRegistry, ids: Iterable[str]) -> int:
    """How many of them are in their queue again. One that has expired is forgotten, one that is gone is skipped."""
    return sum(_requeued(registry, job_id) for job_id in ids)


def _requeued(registry: FailedJobRegistry, job_id: str) -> bool:
    try:
        registry.requeue(job_id)
    except InvalidJobOperation:
        return False
    except NoSuchJobError:
        registry.remove(job_id)
        return False
    return True


def _discard(registry: FailedJobRegistry, ids: list[str]) -> int:
    """Only what is in this registry: a job that somebody has put back to work stays."""
    mine = [job_id for job_id in ids if registry.connection.zrem(registry.key, job_id)]
    for job in Job.fetch_many(mine, registry.connection, JSONSerializer):
        if job:
            job.delete()
    return len(mine)


def _back(queue: str, act: str, count: int, message: str) -> Response:
    if count:
        with transaction() as tx:
            audit(tx, act, "job", f"{count} in {queue}")
    flash(message)
    return redirect(url_for("failed_jobs.index", queue=queue))
