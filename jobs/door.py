"""The door to the queues: how a function becomes a job, and how jobs are enqueued.

    @job(queue="default", timeout=60, retry=(3, [10, 60, 300]))
    def close_day(team_id: int) -> None: ...

    close_day(7)                     runs now, here
    close_day.later(7)               runs in a worker, as one RQ job
    close_day.later_each([7, 8, 9])  one RQ job each, enqueued by the thousand
    close_day.later_in(30, 7)        enqueues in 30 seconds
    close_day.on("high").later(7)    through another queue; also later(7, queue="high")

A job whose work is cheaper together declares a chunk. It takes a list and answers with one outcome for each:

    @job(queue="mailers", chunk=500)
    def send_delivery(ids: list[int]) -> list[None | BaseException]: ...

Every id stays an RQ job of its own, with its own status, retries and failure; our worker runs those it fetched
together as one call. `send_delivery(7)`, and any other RQ worker, run it for `[7]` and raise its outcome.

Arguments are positional ids and JSON scalars. An error is retried by the job's policy, unless its class says
`retry = False`: then the job fails at once. A success leaves nothing in Redis; a failure is kept for days.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from rq import Queue, get_current_job
from rq.serializers import JSONSerializer
from rq.utils import import_attribute

from jobs.connection import redis_connection
from jobs.posting import Retries, post, post_at
from models.db import in_transaction

QUEUES = ("high", "default", "mailers", "low")  # the first first
PAGE = 1_000  # jobs enqueued in one round trip
RETRY = (3, (10, 60, 300))  # how often, and after how many seconds each


class EnqueuedInTransaction(RuntimeError):
    """Enqueued before commit: a worker would look for rows that are not there yet. Commit, then enqueue."""


class WrongOutcomes(TypeError):
    """A chunk job did not answer with one outcome for each argument."""

    retry = False


def job(
    queue: str = "default",
    timeout: int = 60,
    retry: Retries = RETRY,
    chunk: int | None = None,
) -> Callable[[Callable[..., Any]], "JobFunction"]:
    """Declares a module's function as a job.

    timeout: seconds one run may take; for a chunk, one call.
    retry: how often a failed job runs again, and the seconds to wait before each time; None for never.
    chunk: the most arguments one call may take, for functions of a list; None for ordinary functions.
    """

    def declare(function: Callable[..., Any]) -> JobFunction:
        return JobFunction(function, queue, timeout, retry, chunk)

    return declare


@dataclass(frozen=True)
class JobFunction:
    """A function that can also be run later. Made by `@job`."""

    function: Callable[..., Any]
    queue: str
    timeout: int
    retry: Retries
    chunk: int | None

    def __call__(self, *arguments: Any) -> Any:
        """Runs here and now. Raises what the function raises; a chunk job raises its outcome."""
        try:
            return self._alone(*arguments) if self.chunk else self.function(*arguments)
        except Exception as error:
            if is_final(error):
                self._never_again()
            raise

    def together(self, arguments: list[Any]) -> list[BaseException | None]:
        """One call of a chunk job for many arguments: the outcome of each, in their order."""
        outcomes = self.function(arguments)
        if not isinstance(outcomes, list) or len(outcomes) != len(arguments):
            raise WrongOutcomes(f"{self.name} must answer {len(arguments)} arguments with as many outcomes")
        return outcomes

    def later(self, *arguments: Any, queue: str | None = None) -> str:
        """Enqueues one job and gives its id. Raises `EnqueuedInTransaction`, `redis.RedisError`."""
        return self._enqueue([arguments], queue)[0]

    def later_each(self, arguments: Iterable[Any], queue: str | None = None) -> int:
        """Enqueues one job for each argument (a tuple for several) and counts them. Raises as `later` does.

        Pages that were enqueued before an error stay enqueued.
        """
        tuples = (each if isinstance(each, tuple) else (each,) for each in arguments)
        return sum(len(self._enqueue(page, queue)) for page in _pages(tuples))

    def later_in(self, seconds: float, *arguments: Any) -> None:
        """Enqueues one job after `seconds`, by RQ's schedule, which workers look at once a second.

        Raises as `later` does. However often it is asked for one second, with the same arguments, it runs once.
        """
        if in_transaction():
            raise EnqueuedInTransaction(f"{self.name} was enqueued inside a transaction")
        post_at(seconds, self.name, arguments, self.queue, self.timeout, self.retry)

    def on(self, queue: str) -> "JobFunction":
        """The same job through another queue."""
        return replace(self, queue=queue)

    @property
    def size(self) -> int:
        """The most jobs one call may take."""
        return self.chunk or 1

    @property
    def name(self) -> str:
        """Where workers import it from."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def _alone(self, argument: Any) -> Any:
        outcome = self.together([argument])[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def _never_again(self) -> None:
        """Tells whichever RQ worker runs us that its retries are over."""
        current = get_current_job()
        if current and current.func_name == self.name:
            current.retries_left = 0

    def _enqueue(self, page: list[tuple[Any, ...]], queue: str | None) -> list[str]:
        if in_transaction():
            raise EnqueuedInTransaction(f"{self.name} was enqueued inside a transaction")
        return post(self.name, page, queue or self.queue, self.timeout, self.retry)


def is_final(error: BaseException) -> bool:
    """Whether the error's class says that another try cannot help."""
    return getattr(type(error), "retry", True) is False


@cache
def find_job(name: str) -> JobFunction | None:
    """The job imported from `name`; None for a function that was not declared with `@job`. Raises as import does."""
    found = import_attribute(name)
    return found if isinstance(found, JobFunction) else None


def queue_named(name: str) -> Queue:
    """RQ's view of a queue: its length, its jobs, its registries."""
    return Queue(name, connection=redis_connection(), serializer=JSONSerializer)


def _pages(tuples: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(tuples)
    while page := list(islice(remaining, PAGE)):
        yield page
