"""Jobs that do nothing, or wait: what is left is what a job costs."""

import time

from jobs.door import job

WAIT = 0.06  # seconds, as long as a call of the provider may take
ROW = 0.05  # seconds, as long as a row of an import may take


@job(queue="high")
def nothing(number: int) -> None:
    """A job of its own."""


@job(queue="high", chunk=500)
def nothing_together(numbers: list[int]) -> list[BaseException | None]:
    """Up to 500 in one call."""
    return [None] * len(numbers)


@job(queue="high")
def wait(number: int) -> None:
    time.sleep(WAIT)


@job(queue="low")
def import_row(number: int) -> None:
    """Stands for a row of an import."""
    time.sleep(ROW)
