"""The slots of one worker, and who may have them.

Priority alone does not let a sign-in mail through: every slot may be busy when it comes. So each queue has a share:
the most it may hold, and what it must leave free for the queues that matter more. Of 50 slots, 5 are always left to
`high` alone, another 5 to `default` and `high`; newsletters take 6 (each sends up to 500 letters and
holds three megabytes of them; while one waits for the provider, others write), imports and upkeep 25.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    most: float  # of all slots, held by this queue's jobs at once
    spare: float  # of all slots, left free when one of its jobs starts
    ceiling: int | None = None  # slots, however many there are


SHARES = {
    "high": Share(most=1.0, spare=0.0),
    "default": Share(most=1.0, spare=0.1),
    "mailers": Share(most=0.3, spare=0.2, ceiling=6),
    "low": Share(most=0.5, spare=0.2),
}
OTHER = SHARES["low"]


class Slots:
    def __init__(self, total: int):
        self.total = total
        self._held: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._releases = 0

    def free(self) -> int:
        return self.total - sum(self._held.values())

    def room(self, queue: str) -> tuple[int, int]:
        """(how many more slots the queue may take, how many it must leave free)"""
        share = SHARES.get(queue, OTHER)
        most = max(1, min(int(share.most * self.total), share.ceiling or self.total))
        return most - self._held[queue], int(share.spare * self.total)

    def rooms(self, queues: Sequence[str]) -> "Rooms":
        with self._changed:
            return Rooms(self.free(), [self.room(queue) for queue in queues], self._releases)

    def take(self, queue: str) -> None:
        with self._changed:
            self._held[queue] += 1

    def release(self, queue: str) -> None:
        with self._changed:
            self._held[queue] -= 1
            self._releases += 1
            self._changed.notify()

    def wait_for_release(self, since: int, seconds: float) -> None:
        """Returns as soon as a slot was released after `since`, which is `Rooms.releases`."""
        with self._changed:
            self._changed.wait_for(lambda: self._releases != since, seconds)


@dataclass(frozen=True)
class Rooms:
    """What was free at one moment."""

    free: int
    each: list[tuple[int, int]]
    releases: int

    @property
    def any(self) -> bool:
        return any(min(more, self.free - spare) > 0 for more, spare in self.each)
