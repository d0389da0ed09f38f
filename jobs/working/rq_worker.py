"""What RQ and its tools see of us: one worker with a name, a state, counts, executions and a command channel.

RQ's own code records every uncommon end of a job (failure, retry, callbacks, dependents, kept results). This class
fits it to many jobs at once on threads.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from redis import Redis, RedisError
from redis.client import PubSub
from redis.exceptions import OutOfMemoryError
from rq import worker_registration
from rq.callbacks import execute_stopped_callback
from rq.command import parse_payload
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from jobs import sentry
from jobs.working.deadline import Deadline
from jobs.working.limits import Limits

log = logging.getLogger("rq.worker")
WORKER_LIFE = 60  # seconds without a heartbeat after which RQ's tools no longer list us


class RQWorker(BaseWorker):
    death_penalty_class = Deadline
    log_result_lifespan = False

    def __init__(self, queues: list[str], connection: Redis, limits: Limits):
        self._stopped: dict[int, str] = {}  # job by thread
        self.commands: dict[str, Callable[[dict[str, Any]], None]] = {}
        super().__init__(
            queues,
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=WORKER_LIFE,
            job_monitoring_interval=limits.life,
            log_job_description=False,
            exception_handlers=[_report],
        )

    def mark_stopped(self, thread: int, job_id: str) -> None:
        """The failure of this job, in this thread, was asked for."""
        self._stopped[thread] = job_id

    def is_stopped(self, job_id: str) -> bool:
        """Asked by the thread that ran it."""
        return self._stopped_job_id == job_id

    @property
    def _stopped_job_id(self) -> str | None:
        """RQ thinks of one job at a time; here each thread has one."""
        return self._stopped.get(threading.get_ident())

    @_stopped_job_id.setter
    def _stopped_job_id(self, job_id: str | None) -> None:
        self._stopped.pop(threading.get_ident(), None)

    def handle_job_failure(self, job: Job, *args: Any, **kwargs: Any) -> None:
        if self._stopped_job_id == job.id and job.stopped_callback:
            execute_stopped_callback(job, Deadline)
        super().handle_job_failure(job, *args, **kwargs)

    def _set_connection(self, connection: Redis) -> Redis:
        """RQ would raise the timeouts for commands that block for minutes; ours never do."""
        return connection

    def introduce(self) -> None:
        """Registers and listens for commands. A full Redis has no place for our name, but it must be worked off all
        the more: the heartbeat registers us when it can."""
        try:
            self.register_birth()
        except OutOfMemoryError as error:
            log.error("Worker %s: not registered yet: %s", self.name, error)
        self.subscribe()
        log.info("Worker %s listens on %s", self.name, ", ".join(self.queue_names()))

    def re_register(self) -> None:
        """Redis was emptied: tell it again who we are."""
        log.warning("Worker %s: Redis forgot us; registering again", self.name)
        with self.connection.pipeline() as pipeline:
            pipeline.hset(self.key, mapping=self.serialize())
            worker_registration.register(self, pipeline)
            pipeline.expire(self.key, WORKER_LIFE)
            pipeline.execute()

    def handle_payload(self, message: Any) -> None:
        payload = parse_payload(message)
        command = self.commands.get(payload["command"])
        if command:
            command(payload)
        else:
            log.warning("Worker %s: command %s is not for workers on threads", self.name, payload["command"])

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """One line: the traceback is kept with the failed job, and a chunk may fail with 500 of them."""
        error = exc_info[1]
        left = f"{job.retries_left} retries left" if job.should_retry else "no retries left"
        level = logging.WARNING if job.should_retry else logging.ERROR
        log.log(level, "%s (%s) raised %s: %s; %s", job.description, job.id, type(error).__name__, error, left)
        for handler in self._exc_handlers:
            handler(job, *exc_info)

    def _pubsub_exception_handler(self, exc: Exception, pubsub: PubSub, pubsub_thread: Any) -> None:
        """Any trouble with Redis passes; RQ's own handler would end the thread on a timeout."""
        if not isinstance(exc, RedisError | OSError):
            raise exc
        log.error("Worker %s: no commands from Redis: %s", self.name, exc)
        time.sleep(2.0)


def _report(job: Job, kind: type[BaseException], error: BaseException, traceback: Any) -> None:
    """An error that another try may cure is no news yet."""
    if not job.should_retry:
        sentry.report(error, job.func_name or "")
