"""Jobs that raised and will be tried again: all of a call in one script. When a provider is down, that is thousands."""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rq import Queue
from rq.defaults import RQ_KEY_PREFIX
from rq.utils import now, utcformat

from jobs.door import is_final
from jobs.working.rq_worker import RQWorker
from jobs.working.taken import Taken

SCRIPT = Path(__file__).with_name("retry.lua").read_text()
log = logging.getLogger(__name__)

Raised = tuple[Taken, BaseException]


class Retries:
    def __init__(self, rq: RQWorker):
        self._rq = rq
        self._script = rq.connection.register_script(SCRIPT)

    def again(self, raised: Sequence[Raised], seconds: float) -> tuple[list[Raised], list[Raised]]:
        """(those that will be tried again, those that RQ must look at). Raises redis.RedisError; safe to repeat."""
        hopeful = [each for each in raised if not is_final(each[1]) and not self._rq.is_stopped(each[0].id)]
        unusual = {hopeful[position - 1][0].id for position in self._run(hopeful, seconds)} if hopeful else set()
        retried = [each for each in hopeful if each[0].id not in unusual]
        _tell(retried)
        ids = {taken.id for taken, _ in retried}
        return retried, [each for each in raised if each[0].id not in ids]

    def _run(self, raised: Sequence[Raised], seconds: float) -> list[int]:
        keys = [key for taken, _ in raised for key in taken.keys]
        positions: list[int] = self._script(
            [self._rq.key, self._rq.executions_key, Queue.redis_queues_keys],
            [RQ_KEY_PREFIX, f"{time.time():.6f}", utcformat(now()), seconds, *keys],
        )
        return positions


def _tell(retried: Sequence[Raised]) -> None:
    """One line for each kind of error, with the job to look at."""
    for kind, count in Counter(type(error) for _, error in retried).items():
        taken, error = next((taken, error) for taken, error in retried if type(error) is kind)
        log.warning("%s(%s) raised %s: %s; %d to be tried again", *_call(taken), kind.__name__, error, count)


def _call(taken: Taken) -> tuple[str, str]:
    name, _, arguments, _ = taken.contents
    return name, ", ".join(map(repr, arguments))
