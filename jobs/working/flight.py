"""The jobs in flight: started by this worker, their end not yet recorded."""

import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping

from jobs.working.taken import Taken


class Flight:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Taken] = {}
        self._given_up: set[str] = set()
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._jobs)

    def add(self, taken: Iterable[Taken]) -> None:
        came = {each.composite: each for each in taken}
        with self._lock:
            self._jobs |= came
            self._counts.update(f"started {each.queue}" for each in came.values())

    def remove(self, taken: Iterable[Taken]) -> None:
        with self._lock:
            gone = [self._jobs.pop(each.composite, None) for each in taken]
            self._counts.update(f"ended {each.queue}" for each in gone if each)

    def counted(self) -> Mapping[str, int]:
        """How many came and went since the last time, by queue."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return counts

    def give_up(self, taken: Iterable[Taken]) -> None:
        """No more heartbeats for these, so that they count as abandoned."""
        gone = list(taken)
        self.remove(gone)
        self._given_up |= {each.composite for each in gone}

    def all(self) -> list[Taken]:
        with self._lock:
            return list(self._jobs.values())

    def due(self, seconds: float) -> list[Taken]:
        """Those whose last heartbeat is that old."""
        before = time.monotonic() - seconds
        return [each for each in self.all() if each.beaten <= before]

    def strays(self, composites: Iterable[str]) -> set[str]:
        """Those of `composites` we do not know: taken for us by a script whose answer never arrived."""
        with self._lock:
            return set(composites) - self._jobs.keys() - self._given_up

    def wait_until_empty(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self._jobs and time.monotonic() < deadline:
            time.sleep(0.02)
        return not self._jobs
