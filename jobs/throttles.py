"""Buckets that are full again are forgotten."""

from jobs.door import job
from models.db import transaction
from models.throttle import Throttle


@job(queue="low", timeout=60)
def forget_throttles() -> None:
    with transaction() as tx:
        Throttle.forget(tx)
