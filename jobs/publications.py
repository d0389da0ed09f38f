"""Newsletters under watch: one that hurts is stopped, and its people are told."""

from jobs.deliveries import nudge
from jobs.door import job
from models import reputation
from models.db import transaction


@job(queue="default", timeout=120)
def watch_publications() -> None:
    """Pauses publications whose bounces or complaints are too many. A repeat tells nobody again."""
    with transaction() as tx:
        ids = [number for pause in reputation.judge(tx) for number in pause.tell(tx)]
    nudge("pause", ids)
