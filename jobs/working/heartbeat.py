"""The heartbeat: tells Redis that we live, that every job in flight does, and notices those that do not."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from redis import RedisError
from rq.defaults import RQ_KEY_PREFIX
from rq.utils import as_text, now, utcformat

from jobs import counting, sentry
from jobs.working.crew import Crew
from jobs.working.flight import Flight
from jobs.working.limits import Limits
from jobs.working.rq_worker import WORKER_LIFE, RQWorker
from jobs.working.taken import Taken

BEAT = Path(__file__).with_name("beat.lua").read_text()
HAND_BACK = Path(__file__).with_name("hand_back.lua").read_text()
PAGE = 500  # jobs kept alive by one script
log = logging.getLogger(__name__)


class Heartbeat:
    def __init__(self, rq: RQWorker, flight: Flight, crew: Crew, limits: Limits):
        self._rq, self._flight, self._crew, self._limits = rq, flight, crew, limits
        self._beat = rq.connection.register_script(BEAT)
        self._hand_back = rq.connection.register_script(HAND_BACK)
        self._strays: set[str] = set()

    def run(self, ended: threading.Event, wedged: Callable[[], None]) -> None:
        """Beats until told to end. Calls `wedged` once a job ignores its timeout: only a new process helps then."""
        while not ended.wait(self._limits.beat):
            try:
                self.beat()
            except RedisError as error:
                log.error("heartbeat: Redis says %s: %s", type(error).__name__, error)
            except Exception as error:  # without this thread all that runs here would soon count as abandoned
                log.exception("heartbeat")
                sentry.report_first(error, "heartbeat")
            if self._give_up_wedged():
                wedged()

    def beat(self) -> None:
        self._worker()
        due = self._flight.due(self._limits.beat / 2)
        for start in range(0, len(due), PAGE):
            self._jobs(due[start : start + PAGE])
        self._return_strays()
        self.count()

    def count(self) -> None:
        """Tells what has been started and has ended since the last time."""
        counting.add(self._flight.counted())

    def hand_back(self, composites: list[str]) -> int:
        """Puts started jobs back to the heads of their queues and counts them."""
        return self._hand_back([self._rq.executions_key], [RQ_KEY_PREFIX, *composites]) if composites else 0

    def _worker(self) -> None:
        with self._rq.connection.pipeline() as pipeline:
            self._rq.heartbeat(WORKER_LIFE, pipeline)
            pipeline.hset(self._rq.key, "state", "busy" if self._flight else "idle")
            is_new, *_ = pipeline.execute()
        if is_new:
            self._rq.re_register()

    def _jobs(self, jobs: list[Taken]) -> None:
        keys = [key for job in jobs for key in job.keys]
        self._beat([], [RQ_KEY_PREFIX, f"{time.time():.6f}", utcformat(now()), self._limits.life, *keys])
        for job in jobs:
            job.beaten = time.monotonic()

    def _return_strays(self) -> None:
        """Jobs a script took for us while its answer was lost. Twice in a row, since one may be on its way."""
        known = len(self._flight)
        if self._rq.connection.scard(self._rq.executions_key) <= known:
            self._strays = set()
            return
        members = map(as_text, self._rq.connection.smembers(self._rq.executions_key))
        strays = self._flight.strays(members)
        if lost := sorted(strays & self._strays):
            log.warning("%d jobs were taken but never arrived; %d put back", len(lost), self.hand_back(lost))
        self._strays = strays - self._strays

    def _give_up_wedged(self) -> bool:
        wedged = self._crew.overdue(self._limits.wedged)
        for call in wedged:
            log.critical("job %s ignores its timeout of %s s and is given up", call.jobs[0].id, call.timeout)
            self._flight.give_up(call.jobs)
        return bool(wedged)
