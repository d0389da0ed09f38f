"""One RQ job this worker has started and not yet recorded the end of."""

import time
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson
from rq import Queue


@dataclass(eq=False)
class Taken:
    queue: str
    id: str
    execution_id: str
    timeout: int  # seconds; -1 for none
    common: bool  # success leaves nothing to do but to delete it
    packed: bytes
    taken_at: datetime
    beaten: float = field(default_factory=time.monotonic)

    @classmethod
    def parse(cls, lines: bytes, at: datetime) -> "Taken":
        """A job as `claim.lua` gives it, which took it `at` this moment."""
        queue, id, execution, timeout, common, packed = lines.split(b"\n", 5)
        seconds = int(timeout) if timeout.removeprefix(b"-").isdigit() else Queue.DEFAULT_TIMEOUT
        return cls(queue.decode(), id.decode(), execution.decode(), seconds, common == b"1", packed, at)

    @property
    def composite(self) -> str:
        return f"{self.id}:{self.execution_id}"

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.queue, self.id, self.execution_id

    @cached_property
    def contents(self) -> tuple[str, Any, list[Any], dict[str, Any]]:
        """(function's name, instance, arguments, keyword arguments). Raises when it is not JSON as RQ packs it."""
        plain = self.packed.startswith(b"[")  # ours are; RQ's own are compressed
        name, instance, arguments, keywords = orjson.loads(self.packed if plain else zlib.decompress(self.packed))
        return name, instance, arguments, keywords
