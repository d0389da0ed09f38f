"""Taking jobs: from all queues, as many as there is room for, in one round trip."""

import json
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis import Redis
from rq.defaults import RQ_KEY_PREFIX
from rq.utils import now, utcformat

from jobs.working.call import Call, calls
from jobs.working.limits import MOST_AT_ONCE
from jobs.working.slots import Rooms
from jobs.working.taken import Taken

SCRIPT = Path(__file__).with_name("claim.lua").read_text()


@dataclass
class Claim:
    """What one look at the queues brought."""

    calls: list[Call] = field(default_factory=list)
    more: bool = False  # jobs were left for want of room
    suspended: bool = False

    @property
    def jobs(self) -> list[Taken]:
        return [job for call in self.calls for job in call.jobs]


class Claims:
    def __init__(self, connection: Redis, worker: str, executions: str, name: str, queues: list[str], life: int):
        self._script = connection.register_script(SCRIPT)
        self._keys = [worker, executions, *(f"{RQ_KEY_PREFIX}:queue:{queue}" for queue in queues)]
        self._name, self._queues, self._life = name, queues, life
        self._chunks: dict[str, int] = {}  # by function; learnt from the first jobs of each

    def take(self, rooms: Rooms) -> Claim:
        """Starts what there is room for. Raises redis.RedisError; the heartbeat finds what was taken nevertheless."""
        answer = self._script(keys=self._keys, args=self._arguments(rooms))
        if answer is None:
            return Claim(suspended=True)
        more, *lines = answer
        at = now()
        found = list(calls(Taken.parse(line, at) for line in lines))
        self._chunks |= {call.chunk.name: call.chunk.size for call in found if call.chunk}
        return Claim(found, bool(more))

    def _arguments(self, rooms: Rooms) -> list[Any]:
        shared = [RQ_KEY_PREFIX, self._name, f"{time.time():.6f}", utcformat(now()), self._life, secrets.token_hex(8)]
        each = [value for queue, room in zip(self._queues, rooms.each, strict=True) for value in (queue, *room)]
        return [*shared, MOST_AT_ONCE, rooms.free, json.dumps(self._chunks), *each]
