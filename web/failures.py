"""What failed, in all queues, by its cause: looked at, tried again or thrown away together."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from redis import RedisError
from werkzeug.wrappers import Response

from jobs import failures
from jobs.connection import hurry
from jobs.door import QUEUES
from jobs.failures import Cause, Failure
from models.db import transaction
from web.audit import audit
from web.sure import sure
from web.visitor import operators_only

page = Blueprint("failures", __name__, url_prefix="/failures")

MOST = 1_000  # of each queue that are looked at for a page: the latest
AT_ONCE = 50  # dealt with by the request; more are a job's
SAMPLES = 5
ACTS = {"retry": "retried", "discard": "discarded"}


class Group(NamedTuple):
    cause: Cause
    failures: Sequence[Failure]  # the latest first

    @property
    def queues(self) -> list[str]:
        return sorted({each.queue for each in self.failures}, key=QUEUES.index)

    @property
    def moments(self) -> list[datetime]:
        """When the first and the last of them ended."""
        return sorted(each.at for each in self.failures if each.at)


@page.get("")
@operators_only
@hurry()
def index() -> str | tuple[str, int]:
    try:
        found, total = groups(), sum(failures.registry(queue).get_job_count() for queue in QUEUES)
    except RedisError as problem:
        return render_template("queues/down.html", problem=type(problem).__name__), 503
    looked_at = sum(len(group.failures) for group in found)
    return render_template("failures/index.html", groups=found, total=total, looked_at=looked_at, most=MOST)


@page.get("/<cause>")
@operators_only
@hurry()
def show(cause: str) -> str:
    group = next((each for each in groups() if each.cause.digest == cause), None)
    return render_template("failures/show.html", group=group, samples=group.failures[:SAMPLES] if group else ())


@page.post("/<cause>/retry")
@operators_only
def retry(cause: str) -> Response:
    return _settle(cause, "retry", "in their queues again")


@page.post("/<cause>/discard")
@operators_only
@sure("Discard all that failed by this cause?", "None of these jobs can be brought back.")
def discard(cause: str) -> Response:
    return _settle(cause, "discard", "gone")


def groups() -> list[Group]:
    """The commonest cause first. Raises redis.RedisError."""
    found: dict[Cause, list[Failure]] = {}
    for each in failures.latest(MOST):
        found.setdefault(each.cause, []).append(each)
    return sorted((Group(*item) for item in found.items()), key=lambda group: -len(group.failures))


def _settle(cause: str, verb: str, words: str) -> Response:
    """At once where there are few; otherwise by a job, which takes those too that no page has looked at."""
    meant = next((each.failures for each in groups() if each.cause.digest == cause), ())
    if meant:
        with transaction() as tx:
            audit(tx, ACTS[verb], "job", f"{len(meant)} of {meant[0].function}")
    if len(meant) > AT_ONCE:
        failures.settle_soon(cause, verb)
        flash("That is being done. You can go on with something else.")
    else:
        flash(f"{failures.settle_now(meant, verb)} {words}.")
    return redirect(url_for("failures.index"))
