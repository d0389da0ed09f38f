"""Jobs of one queue that failed for good: look at them, try them again, or throw them away."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs import failures
from jobs.connection import hurry
from jobs.door import QUEUES
from models.db import transaction
from web.audit import audit
from web.sure import sure
from web.visitor import operators_only

page = Blueprint("failed_jobs", __name__, url_prefix="/queues/<queue>/failed-jobs")

SIZE = 20  # on a page
MOST = 500  # dealt with by one press of a button: a request has 30 seconds


@page.get("")
@operators_only
@hurry()
def index(queue: str) -> str:
    registry = failures.registry(_known(queue))
    wanted = request.args.get("page", "")
    number = max(1, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    total = registry.get_job_count()
    ids = registry.get_job_ids((number - 1) * SIZE, number * SIZE - 1, desc=True)
    about = {"queue": queue, "total": total, "number": number, "is_last": number * SIZE >= total, "most": MOST}
    return render_template("failed_jobs/index.html", failures=failures.read(queue, ids), **about)


@page.post("/<job_id>/retry")
@operators_only
def retry(queue: str, job_id: str) -> Response:
    done = failures.retry(_known(queue), [job_id])
    words = "It is in the queue again." if done else "It is not among the failed any more."
    return _back(queue, "retried", done, words)


@page.post("/<job_id>/discard")
@operators_only
@sure("Discard this job?", "What it was to do is not done by it. It cannot be brought back.")
def discard(queue: str, job_id: str) -> Response:
    done = failures.discard(_known(queue), [job_id])
    return _back(queue, "discarded", done, "It is gone.")


@page.post("/retry")
@operators_only
def retry_all(queue: str) -> Response:
    done = failures.retry(_known(queue), _first(queue))
    return _back(queue, "retried", done, f"{done} in the queue again.")


@page.post("/discard")
@operators_only
@sure(lambda queue: f"Discard the failed jobs of the queue “{queue}”?", "None of them can be brought back.")
def discard_all(queue: str) -> Response:
    done = failures.discard(_known(queue), _first(queue))
    return _back(queue, "discarded", done, f"{done} gone.")


def _known(queue: str) -> str:
    return queue if queue in QUEUES else abort(404)


def _first(queue: str) -> list[str]:
    return failures.registry(queue).get_job_ids(0, MOST - 1)


def _back(queue: str, act: str, count: int, message: str) -> Response:
    if count:
        with transaction() as tx:
            audit(tx, act, "job", f"{count} in {queue}")
    flash(message)
    return redirect(url_for("failed_jobs.index", queue=queue))
