"""Timeouts for jobs on threads. RQ uses SIGALRM, which knows one job a process.

The exception reaches the job between two bytecodes: a call into C is interrupted when it returns, so sockets need
timeouts of their own. A job that never comes back is the heartbeat's to notice.
"""

import ctypes
import threading
import time
from typing import Any, ClassVar

from rq.timeouts import BaseDeathPenalty, BaseTimeoutException

TICK = 0.1  # seconds


class JobStopped(BaseTimeoutException):
    """Somebody sent `stop-job`."""


class Deadline(BaseDeathPenalty):
    """`with Deadline(seconds, exception):` raises it in this thread when the time is over; below 1 s there is none."""

    running: ClassVar[dict[int, "Deadline"]] = {}  # by thread

    def __init__(self, timeout: int, exception: type[BaseTimeoutException] = BaseTimeoutException, job_id: str = ""):
        super().__init__(timeout, exception)
        self.job_id = job_id

    def setup_death_penalty(self) -> None:
        self.thread = threading.get_ident()
        self.ends = time.monotonic() + self._timeout if self._timeout > 0 else float("inf")
        self._lock = threading.Lock()
        self._fired = self._over = False
        self._outer = self.running.get(self.thread)
        self.running[self.thread] = self

    def cancel_death_penalty(self) -> None:
        """An exception that was fired but has not arrived yet is withdrawn."""
        with self._lock:
            self._over = True
            if self._fired:
                _raise_in(self.thread, None)
        if self._outer:
            self.running[self.thread] = self._outer
        else:
            self.running.pop(self.thread, None)

    def fire(self, exception: type[BaseTimeoutException]) -> None:
        with self._lock:
            if not self._fired and not self._over:
                self._fired = True
                _raise_in(self.thread, exception)

    def expire(self) -> None:
        """A thread can only be sent a class, so the message goes into one."""
        message = f"Task exceeded maximum timeout value ({self._timeout} seconds)"
        self.fire(type(self._exception.__name__, (self._exception,), {"__str__": lambda _: message}))

    @classmethod
    def stop(cls, thread: int, job_id: str) -> None:
        deadline = cls.running.get(thread)
        if deadline and deadline.job_id == job_id:
            deadline.fire(JobStopped)


def watch(ended: threading.Event) -> None:
    """Expires deadlines until told to end. One thread for all: a timer each would be a thread a job."""
    while not ended.wait(TICK):
        now = time.monotonic()
        for deadline in list(Deadline.running.values()):
            if now >= deadline.ends:
                deadline.expire()


def _raise_in(thread: int, exception: Any) -> None:
    argument = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), argument)
