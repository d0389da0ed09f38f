"""Recording how jobs ended. The common success is written for many jobs in one script; RQ's code does the rest."""

import logging
import queue
import threading
from functools import partial
from pathlib import Path
from typing import Any

from rq import Queue, Retry
from rq.defaults import RQ_KEY_PREFIX
from rq.exceptions import NoSuchJobError
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer

from jobs import sentry
from jobs.door import is_final
from jobs.working.call import Call
from jobs.working.deadline import Deadline
from jobs.working.flight import Flight
from jobs.working.metrics import Metrics
from jobs.working.patience import Patience
from jobs.working.retries import Raised, Retries
from jobs.working.rq_worker import RQWorker
from jobs.working.taken import Taken

SCRIPT = Path(__file__).with_name("finish.lua").read_text()
PAGE = 1_000  # jobs recorded at once
log = logging.getLogger(__name__)

Success = tuple[list[Taken], float]


class Record:
    def __init__(self, rq: RQWorker, flight: Flight, metrics: Metrics, stopped: threading.Event):
        self._rq, self._flight, self._metrics, self._stopped = rq, flight, metrics, stopped
        self._script = rq.connection.register_script(SCRIPT)
        self._retries = Retries(rq)
        self._successes: queue.SimpleQueue[Success] = queue.SimpleQueue()

    def end(self, call: Call, outcomes: list[Any], seconds: float) -> None:
        """Records each job's own end: successes soon, by the thread that runs `write`; others before it returns."""
        pairs = list(zip(call.jobs, outcomes, strict=True))
        good = [taken for taken, outcome in pairs if not isinstance(outcome, BaseException | Retry)]
        self._metrics.add(calls=1, done=len(good), raised=len(pairs) - len(good))
        if good:
            self._successes.put((good, seconds))
        for taken, outcome in pairs:
            if isinstance(outcome, Retry):
                self._succeed(taken, outcome)
        self._raised([pair for pair in pairs if isinstance(pair[1], BaseException)], seconds)

    def run_by_rq(self, taken: Taken) -> None:
        """Runs an uncommon job from beginning to end as RQ does."""
        if job := self._fetch(taken):
            fine = self._rq.perform_job(job, self._queue(taken), self._execution(taken))
            self._metrics.add(calls=1, done=int(fine), raised=int(not fine))
        self._flight.remove([taken])

    def lose(self, jobs: list[Taken]) -> None:
        """Their end could not be recorded: without heartbeats they count as abandoned, and RQ retries them."""
        self._flight.give_up(jobs)

    def write(self) -> None:
        """Writes successes down for ever; for a thread of its own."""
        patience = Patience(self._stopped)
        while True:
            successes = self._gather()
            try:
                patience.until_done("recording successes", partial(self._write, successes))
            except Exception as error:  # without this thread no success would be recorded any more
                log.exception("successes are not recorded; they will count as abandoned")
                sentry.report_first(error, "recording successes")
                self.lose(successes[0])

    def _gather(self) -> Success:
        """What has ended since the last time: waits for the first."""
        jobs, seconds = self._successes.get()
        while len(jobs) < PAGE:
            try:
                others, more = self._successes.get_nowait()
            except queue.Empty:
                break
            jobs, seconds = jobs + others, seconds + more
        return jobs, seconds

    def _write(self, successes: Success) -> None:
        jobs, seconds = successes
        state = "busy" if len(self._flight) > len(jobs) else "idle"
        keys = [key for job in jobs for key in job.keys]
        unusual = self._script([self._rq.key, self._rq.executions_key], [RQ_KEY_PREFIX, state, seconds, *keys])
        for position in unusual:
            self._succeed(jobs[position - 1], None)
        self._flight.remove(jobs)

    def _raised(self, raised: list[Raised], seconds: float) -> None:
        again = partial(self._retries.again, raised, seconds)
        retried, others = Patience(self._stopped).until_done("recording errors", again) or ([], raised)
        self._flight.remove(taken for taken, _ in retried)
        for taken, error in others:
            self._fail(taken, error)

    def _succeed(self, taken: Taken, value: Any) -> None:
        if job := self._fetch(taken):
            self._rq._finalize_success(job, self._queue(taken), self._execution(taken), value)
        self._flight.remove([taken])

    def _fail(self, taken: Taken, error: BaseException) -> None:
        if job := self._fetch(taken):
            if is_final(error):
                job.retries_left = 0
            information = (type(error), error, error.__traceback__)
            self._rq._finalize_failure(job, self._queue(taken), self._execution(taken), information)
        self._flight.remove([taken])

    def _fetch(self, taken: Taken) -> Job | None:
        """All that RQ knows of the job; waits for Redis. None when it was deleted meanwhile."""

        def fetch() -> Job:
            return Job.fetch(taken.id, connection=self._rq.connection, serializer=JSONSerializer)

        try:
            return Patience(self._stopped).until_done(f"recording the end of {taken.id}", fetch)
        except NoSuchJobError:
            log.warning("job %s ended, but nobody knows it any more", taken.id)
            return None

    def _queue(self, taken: Taken) -> Queue:
        return Queue(
            taken.queue, connection=self._rq.connection, serializer=JSONSerializer, death_penalty_class=Deadline
        )

    def _execution(self, taken: Taken) -> Execution:
        execution = Execution(taken.execution_id, taken.id, self._rq.connection, self._rq.name)
        execution.created_at = taken.taken_at
        return execution
