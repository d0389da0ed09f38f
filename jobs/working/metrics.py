"""What the worker did, as a line of its log that Heroku's and other log readers can add up."""

import logging
import threading
from collections import Counter
from collections.abc import Sized

EVERY = 60.0  # seconds
log = logging.getLogger(__name__)


class Metrics:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, **counts: int) -> None:
        """done, raised: jobs; calls: slots they took."""
        with self._lock:
            self._counts.update(counts)

    def line(self, in_flight: int) -> str:
        """`count#jobs.done=4711 count#jobs.raised=2 … sample#jobs.in_flight=50`, counted since the last line."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        counted = " ".join(f"count#jobs.{name}={counts[name]}" for name in ("done", "raised", "calls"))
        return f"{counted} sample#jobs.in_flight={in_flight}"

    def run(self, ended: threading.Event, in_flight: Sized) -> None:
        """Says so every minute until told to end."""
        while not ended.wait(EVERY):
            log.info(self.line(len(in_flight)))
