"""What keeps the queues true: scheduled retries are enqueued; abandoned and stuck jobs are found, in every queue."""

import logging
import threading
import time
from collections.abc import Callable

from redis import RedisError
from rq import Queue
from rq.registry import StartedJobRegistry, clean_registries
from rq.scheduler import RQScheduler
from rq.serializers import JSONSerializer
from rq.worker_registration import clean_worker_registry

from jobs import sentry
from jobs.working.deadline import Deadline
from jobs.working.limits import Limits
from jobs.working.patience import Patience
from jobs.working.rq_worker import RQWorker

LOCK = 60  # seconds one cleaning may take; RQ's own lock outlives a killed worker by a quarter of an hour
RETRY_LOCKS = 15.0  # seconds between attempts to take over another worker's schedule
log = logging.getLogger(__name__)


class Upkeep:
    def __init__(self, rq: RQWorker, limits: Limits):
        self._rq, self._limits = rq, limits
        self._cleaned = self._asked = float("-inf")
        self._scheduler = RQScheduler(
            rq.queues, connection=rq.connection, serializer=JSONSerializer, logging_level=logging.WARNING
        )
        vars(self._scheduler)["_connection"] = rq.connection  # or it opens one more

    def run(self, ended: threading.Event) -> None:
        """Looks every second until told to end, then leaves the schedule to others."""
        patience = Patience(ended)
        while not ended.wait(1.0):
            patience.until_done("upkeep", self.look)
        try:
            self._scheduler.stop()
        except RedisError as error:
            log.error("the schedule's locks stay for a minute: %s", error)

    def look(self) -> None:
        self._guard(self._schedule)
        if time.monotonic() - self._cleaned >= self._limits.upkeep:
            for queue in self._queues():
                self._guard(self._clean, queue)
            self._cleaned = time.monotonic()

    def _guard(self, action: Callable[..., None], *arguments: Queue) -> None:
        """One job that RQ cannot read must not keep all the others from their retries."""
        try:
            action(*arguments)
        except RedisError:
            raise
        except Exception as error:  # it comes again, as all upkeep does
            log.exception("upkeep of %s", arguments or "the schedule")
            sentry.report_first(error, "upkeep")

    def _schedule(self) -> None:
        """RQ's scheduler, which any number of workers may run: each queue's lock makes it one."""
        scheduler = self._scheduler
        if len(scheduler.acquired_locks) < len(self._rq.queues) and time.monotonic() - self._asked > RETRY_LOCKS:
            scheduler.acquire_locks()
            scheduler.register_birth()
            self._asked = time.monotonic()
        if scheduler.acquired_locks:
            scheduler.heartbeat()
            scheduler.enqueue_scheduled_jobs()

    def _queues(self) -> list[Queue]:
        """Ours and everybody's: a queue nobody works on any more may still hold a dead worker's jobs."""
        everybody = Queue.all(connection=self._rq.connection, serializer=JSONSerializer)
        return list({queue.name: queue for queue in [*everybody, *self._rq.queues]}.values())

    def _clean(self, queue: Queue) -> None:
        if not self._rq.connection.set(queue.registry_cleaning_key, 1, nx=True, ex=LOCK):
            return
        started = StartedJobRegistry(queue=queue, death_penalty_class=Deadline)
        started.cleanup(exception_handlers=self._rq._exc_handlers)
        clean_registries(queue, self._rq._exc_handlers)
        clean_worker_registry(queue)
        queue.intermediate_queue.cleanup(self._rq, queue)
        queue.release_maintenance_lock()
