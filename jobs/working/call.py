"""What one slot runs: a job, or the jobs of one chunk function that were taken together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException

from jobs.connection import redis_connection
from jobs.door import JobFunction, find_job
from jobs.working.deadline import Deadline
from jobs.working.taken import Taken


@dataclass(eq=False)
class Call:
    jobs: list[Taken]
    chunk: JobFunction | None = None
    begun: float = 0.0

    @property
    def queue(self) -> str:
        return self.jobs[0].queue

    @property
    def timeout(self) -> int:
        return self.jobs[0].timeout

    def run(self) -> list[Any]:
        """The outcome of each job: the exception that ended it, or else what it returned."""
        try:
            with Deadline(self.timeout, JobTimeoutException, self.jobs[0].id):
                return self._together(self.chunk) if self.chunk else [self._alone()]
        except BaseException as error:  # a job may end as it likes, by SystemExit, too: recording it tells people
            return [error] * len(self.jobs)

    def _together(self, chunk: JobFunction) -> list[Any]:
        outcomes = chunk.together([each.contents[2][0] for each in self.jobs])
        return [outcome if isinstance(outcome, BaseException) else None for outcome in outcomes]

    def _alone(self) -> Any:
        """As any RQ worker would: the job can ask RQ who it is (`refresh()` loads the rest of what RQ knows)."""
        taken = self.jobs[0]
        job = Job(taken.id, connection=redis_connection(), serializer=JSONSerializer)
        job.func_name, job.instance, job.args, job.kwargs = taken.contents
        job.origin, job.timeout, job.started_at = taken.queue, taken.timeout, taken.taken_at
        return job.perform()


def calls(taken: Iterable[Taken]) -> Iterator[Call]:
    """The jobs as calls, each chunk filled before the next is begun."""
    open_calls: dict[tuple[str, str], Call] = {}
    for each in taken:
        function = _chunk_function(each)
        if not function:
            yield Call([each])
            continue
        call = open_calls.setdefault((each.queue, function.name), Call([], function))
        call.jobs.append(each)
        if len(call.jobs) == function.size:
            yield open_calls.pop((each.queue, function.name))
    yield from open_calls.values()


def _chunk_function(taken: Taken) -> JobFunction | None:
    try:
        name, _, arguments, keywords = taken.contents
        function = find_job(name)
    except Exception:  # whatever is wrong with it, its own run tells
        return None
    fits = function and function.chunk and taken.common and len(arguments) == 1 and not keywords
    return function if fits else None
