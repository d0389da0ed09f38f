"""One worker process: takes jobs, runs them on threads, records how they ended, and leaves in order."""

import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from redis import Redis, RedisError

from jobs.working import deadline
from jobs.working.claim import Claim, Claims
from jobs.working.crew import Crew
from jobs.working.flight import Flight
from jobs.working.heartbeat import Heartbeat
from jobs.working.limits import Limits
from jobs.working.metrics import Metrics
from jobs.working.patience import Patience
from jobs.working.record import Record
from jobs.working.rq_worker import RQWorker
from jobs.working.signals import on_stop
from jobs.working.slots import Slots
from jobs.working.upkeep import Upkeep

WEDGED = 75  # exit status: the platform starts us again
log = logging.getLogger(__name__)


class Worker:
    """Works on `queues`, in this order of priority, with `slots` calls at once."""

    def __init__(self, queues: list[str], connection: Redis, slots: int, limits: Limits | None = None):
        self.limits = limits or Limits()
        self._queues, self._connection = queues, connection
        self._slots = Slots(slots)
        self._flight = Flight()
        self._stopping = threading.Event()  # no new jobs
        self._ended = threading.Event()  # and no heartbeats either
        self._status = 0

    def work(self) -> int:
        """Works until told to stop and gives the process's exit status. Needs the main thread."""
        on_stop(self.stop)
        if Patience(self._stopping).until_done("starting", self._connection.ping):
            self._start()
            self._fetch()
            self._leave()
        return self._status

    def stop(self) -> None:
        """No new jobs; those in flight have their grace. May be called again and from anywhere."""
        if not self._stopping.is_set():
            self._stopping.set()
            most = self.limits.grace + self.limits.farewell
            timer = threading.Timer(most, self._exit)
            timer.daemon = True
            timer.start()

    def _start(self) -> None:
        self._rq = RQWorker(self._queues, self._connection, self.limits)
        metrics = Metrics()
        self._record = Record(self._rq, self._flight, metrics, self._ended)
        self._crew = Crew(self._slots, self._record, self._rq)
        self._heartbeat = Heartbeat(self._rq, self._flight, self._crew, self.limits)
        self._claims = Claims(
            self._connection, self._rq.key, self._rq.executions_key, self._rq.name, self._queues, self.limits.life
        )
        self._rq.commands = {
            "shutdown": lambda _: self.stop(),
            "stop-job": self._crew.stop,
            "stop-execution": self._crew.stop,
        }
        self._rq.introduce()
        self._start_threads(Upkeep(self._rq, self.limits))
        _thread("metrics", metrics.run, self._ended, self._flight)

    def _start_threads(self, upkeep: Upkeep) -> None:
        self._crew.start()
        _thread("record", self._record.write)
        _thread("deadlines", deadline.watch, self._ended)
        _thread("heartbeat", self._heartbeat.run, self._ended, self._on_wedged)
        self._upkeep = _thread("upkeep", upkeep.run, self._stopping)

    def _fetch(self) -> None:
        patience = Patience(self._stopping)
        while not self._stopping.is_set():
            patience.until_done("taking jobs", self._take)

    def _take(self) -> None:
        """One look at the queues, and the wait until another is worth while."""
        rooms = self._slots.rooms(self._queues)
        claim = self._claims.take(rooms) if rooms.any else Claim(more=True)
        self._flight.add(claim.jobs)
        for call in claim.calls:
            self._crew.run(call)
        if claim.suspended:
            self._rq.set_state("suspended")
            self._stopping.wait(1.0)
        elif claim.more:
            self._slots.wait_for_release(rooms.releases, self.limits.idle)
        else:
            self._stopping.wait(self.limits.idle)

    def _leave(self) -> None:
        """Lets what runs end, puts the rest back, says farewell. What still runs then dies with the process."""
        log.info("stopping: %d jobs in flight have %s s to end", len(self._flight), self.limits.grace)
        ended = self._flight.wait_until_empty(self.limits.grace)
        self._ended.set()
        try:
            if not ended:
                self._put_back()
            self._heartbeat.count()
            self._upkeep.join(2.0)
            self._rq.register_death()
        except RedisError as error:
            log.error("leaving without a farewell: %s", error)
        if not ended or self._status:
            self._exit()

    def _put_back(self) -> None:
        left = [job.composite for job in self._flight.all()]
        log.warning("%d of %d unfinished jobs put back", self._heartbeat.hand_back(left), len(left))

    def _exit(self) -> None:
        """At once: threads that are still busy cannot be ended otherwise."""
        logging.shutdown()
        os._exit(self._status)

    def _on_wedged(self) -> None:
        self._status = WEDGED
        self.stop()


def _thread(name: str, target: Callable[..., None], *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)
    thread.start()
    return thread
