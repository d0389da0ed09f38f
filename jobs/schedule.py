"""The clock of the house: one tick a minute, by rq-scheduler. PostgreSQL decides what is due; this only asks.

rq-scheduler loses an entry when it is killed between two of its writes or when Redis is emptied, and ends when Redis
does. So the one entry has a fixed id and is put back whenever it is missing, here and by any number of schedulers at
once. It reads cron lines in the process's time zone, which must be UTC: `jobs.scheduler` sees to it.
"""

import threading
import warnings
from typing import Any

from redis import Redis
from rq.job import Job
from rq.serializers import JSONSerializer
from rq_scheduler import Scheduler

from jobs.working.patience import Patience

TICK = "jobs.tick.tick"
ID = "tick"
EVERY_MINUTE = "* * * * *"
LOCK = 5  # seconds; rq-scheduler adds 10: so long others wait for a scheduler that was killed

warnings.filterwarnings("ignore", module="rq_scheduler|crontab")


class JSONJob(Job):
    """rq-scheduler would pickle."""

    def __init__(self, id: str | None = None, connection: Redis | None = None, serializer: Any = None):
        super().__init__(id, connection, JSONSerializer)


def next_tick(connection: Redis) -> float | None:
    """When the tick is due (Unix time): long past when no scheduler runs; None when it is not registered."""
    return connection.zscore(Scheduler.scheduled_jobs_key, ID)


class Schedule:
    def __init__(self, connection: Redis, tick: str = TICK):
        self._tick = tick
        self._scheduler = Scheduler("high", interval=LOCK, connection=connection, job_class=JSONJob)

    def run(self, stopped: threading.Event) -> None:
        """Looks every second until stopped, whatever happens to Redis."""
        patience = Patience(stopped)
        patience.until_done("setting the clock", self.reconcile)
        while not stopped.is_set():
            patience.until_done("ticking", self.look)
            stopped.wait(1.0)

    def reconcile(self) -> None:
        """Makes the schedule what this release says: nothing but the tick, as it is declared here."""
        for job in list(self._scheduler.get_jobs()):
            if not self._is_ours(job):
                self._scheduler.cancel(job)
        self._ensure()

    def look(self) -> None:
        """Enqueues the tick if it is due. One scheduler at a time does."""
        if self._scheduler.acquire_lock():
            try:
                self._ensure()
                self._scheduler.enqueue_jobs()
            finally:
                self._scheduler.remove_lock()

    def _ensure(self) -> None:
        """An entry that is there stays: setting it anew would drop a run that is overdue."""
        if ID not in self._scheduler:
            self._scheduler.cron(EVERY_MINUTE, self._tick, id=ID, description=self._tick, timeout=60)

    def _is_ours(self, job: Job) -> bool:
        return job.id == ID and job.func_name == self._tick and job.meta.get("cron_string") == EVERY_MINUTE
