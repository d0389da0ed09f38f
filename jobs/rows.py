"""Rows of an import are enqueued by the page."""

from collections.abc import Callable, Sequence

from jobs.door import JobFunction

PAGE = 1_000  # rows enqueued at a time, of each import: several that run at once take turns
CHUNK = 200


def feed(ids: Sequence[int], row: JobFunction, go_on: Callable[[int], object]) -> None:
    """Enqueues a job for each row of a page; where it is full, `go_on` from its last one, in the middle of it."""
    row.later_each(ids[: PAGE // 2])
    if len(ids) == PAGE:
        go_on(ids[-1])
    row.later_each(ids[PAGE // 2 :])
