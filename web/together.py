"""Group commit: what comes in while something is being written is written together next.

One thread writes for all that wait; none waits for more than the write under way and its own.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
MOST = 50


class Waiting(Generic[Item]):
    def __init__(self, item: Item):
        self.item = item
        self.outcome: Any = None
        self.is_done = False


class Together(Generic[Item]):
    """`write(items)` gives the outcome of each, in their order. Where it raises, each is written alone."""

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Any]]):
        self._write = write
        self._line: list[Waiting[Item]] = []
        self._one_at_a_time = threading.Lock()

    def __call__(self, item: Item) -> Any:
        """The outcome of this one. Raises what writing it alone raises."""
        mine = Waiting(item)
        self._line.append(mine)
        while not mine.is_done:
            with self._one_at_a_time:
                if not mine.is_done:
                    self._serve()
        if isinstance(mine.outcome, BaseException):
            raise mine.outcome
        return mine.outcome

    def _serve(self) -> None:
        served, self._line[:MOST] = self._line[:MOST], []
        try:
            outcomes = self._write([each.item for each in served])
        except Exception as problem:  # whichever is to blame: each visitor's own thread raises what is theirs
            outcomes = [problem] if len(served) == 1 else [self._alone(each.item) for each in served]
        for each, outcome in zip(served, outcomes, strict=True):
            each.outcome, each.is_done = outcome, True

    def _alone(self, item: Item) -> Any:
        try:
            return self._write([item])[0]
        except Exception as problem:  # raised in the thread that waits for it
            return problem
