"""The threads that run calls, one for each slot."""

import logging
import queue
import threading
import time
from typing import Any

from jobs import sentry
from jobs.working.call import Call
from jobs.working.deadline import Deadline
from jobs.working.record import Record
from jobs.working.rq_worker import RQWorker
from jobs.working.slots import Slots

log = logging.getLogger(__name__)


class Crew:
    def __init__(self, slots: Slots, record: Record, rq: RQWorker):
        self._slots, self._record, self._rq = slots, record, rq
        self._waiting: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self.running: dict[int, Call] = {}  # by thread

    def start(self) -> None:
        for number in range(self._slots.total):
            threading.Thread(target=self._serve, name=f"slot {number}", daemon=True).start()

    def run(self, call: Call) -> None:
        """Soon, on the next free thread."""
        self._slots.take(call.queue)
        self._waiting.put(call)

    def stop(self, payload: dict[str, Any]) -> None:
        """Ends the job of RQ's commands stop-job and stop-execution, if it runs here and runs alone."""
        for thread, call in list(self.running.items()):
            if any(_is_meant(payload, *job.keys) for job in call.jobs):
                return self._stop(thread, call)
        log.warning("not running job %s, so it is not stopped", payload.get("job_id"))
        return None

    def overdue(self, seconds: float) -> list[Call]:
        """Calls that ignore their timeout, by that much."""
        now = time.monotonic()
        return [
            call
            for call in list(self.running.values())
            if call.timeout > 0 and now > call.begun + call.timeout + seconds
        ]

    def _stop(self, thread: int, call: Call) -> None:
        if len(call.jobs) > 1:
            log.warning("%d jobs run together as one call: none can be stopped alone", len(call.jobs))
            return
        self._rq.mark_stopped(thread, call.jobs[0].id)
        Deadline.stop(thread, call.jobs[0].id)

    def _serve(self) -> None:
        while True:
            call = self._waiting.get()
            call.begun = time.monotonic()
            self.running[threading.get_ident()] = call
            try:
                self._run(call)
            except BaseException as error:  # a slot outlives whatever happens in it, or the worker would shrink
                log.exception("the end of %s is not recorded; it will count as abandoned", call.jobs[0].id)
                sentry.report_first(error, "recording an end")
                self._record.lose(call.jobs)
            finally:
                del self.running[threading.get_ident()]
                self._slots.release(call.queue)

    def _run(self, call: Call) -> None:
        if not call.jobs[0].common:
            return self._record.run_by_rq(call.jobs[0])
        outcomes = call.run()
        return self._record.end(call, outcomes, time.monotonic() - call.begun)


def _is_meant(payload: dict[str, Any], queue: str, job_id: str, execution_id: str) -> bool:
    return payload.get("job_id") == job_id and payload.get("execution_id") in (None, execution_id)
