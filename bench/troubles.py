"""What goes wrong in a drill: each trouble is a thread that strikes at times its own seed decides, until it is over."""

import random
import threading
import time
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from redis import RedisError
from requests import RequestException

from bench.stage import Stage, say
from config import settings
from local.processes import Process


class Trouble(threading.Thread):
    every: ClassVar[tuple[float, float]] = (1.0, 3.0)  # seconds between strikes, at random

    def __init__(self, system: Stage, seed: int, over: threading.Event, calm: float) -> None:
        """`calm`: how many times longer than `every` it waits."""
        super().__init__(name=type(self).__name__, daemon=True)
        self.system, self.over, self.calm = system, over, calm
        self.dice = random.Random(f"{seed} {self.name}")
        self.strikes = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.wait(self.calm * self.dice.uniform(*self.every)):
                self.strike()
                self.strikes += 1
            self.mend()
        except BaseException as failure:  # raised again where the thread is joined
            self.failure = failure

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Strikes until the end of the block. Raises what it broke on."""
        self.start()
        try:
            yield
        finally:
            self.over.set()
            self.join()
        if self.failure:
            raise self.failure

    @abstractmethod
    def strike(self) -> None: ...

    def mend(self) -> None:
        """Everything is to run again: the rest is up to Postroom."""


class Kill(Trouble):
    """kill -9 and a new one in its place, as a platform does."""

    victim: ClassVar[str]

    def strike(self) -> None:
        while not (victims := self.victims()):
            if self.over.wait(0.05):
                return
        process = self.dice.choice(victims)
        process.kill()
        self.system.replace(process)

    def victims(self) -> list[Process]:
        return self.system.named(self.victim)


class KillWorker(Kill):
    victim = "worker"


class KillWorkerEverySecond(KillWorker):
    every = (1.0, 1.0)


class KillWorkerAtWork(KillWorkerEverySecond):
    """One that takes jobs: while it starts it has nothing to lose. So there must be others, or nothing gets done."""

    def victims(self) -> list[Process]:
        return [process for process in super().victims() if process.pid in self.system.taking_jobs()]


class KillScheduler(Kill):
    victim = "scheduler"


class KillWeb(Kill):
    victim = "web"


class WipeRedis(Trouble):
    def strike(self) -> None:
        try:
            self.system.redis.flushall()
        except RedisError as down:
            say(f"  not wiped: {down}")


class RestartRedis(Trouble):
    every = (2.0, 5.0)

    def strike(self) -> None:
        self.system.valkey.kill() if self.dice.random() < 0.5 else self.system.valkey.stop()
        self.over.wait(self.dice.uniform(0, 1))
        self.system.valkey.start()


class RestartPostgres(Trouble):
    every = (4.0, 8.0)

    def strike(self) -> None:
        self.system.postgres.stop(immediate=True)
        self.over.wait(self.dice.uniform(0, 1))
        self.system.postgres.start()


class ProviderChaos(Trouble):
    """Each phase has another mixture. The index lags throughout; what is slow is slower than we wait."""

    every = (2.0, 5.0)
    FAULTS = (
        *("drop_before_accept", "too_many_requests", "maintenance", "server_error", "server_error_html"),
        *("accept_then_drop", "half_accepted", "service_delay", "not_json"),
    )

    def strike(self) -> None:
        knobs: dict[str, object] = {name: {"rate": round(self.dice.uniform(0, 0.15), 3)} for name in self.FAULTS}
        knobs["too_many_requests"] = {"rate": 0.1, "path": "/"}  # the search too
        self._set(**knobs, latency_ms=self._latency())

    def mend(self) -> None:
        self._set(**dict.fromkeys(self.FAULTS), latency_ms=50)

    def _latency(self) -> float:
        """Now and then it is slower than we wait for it, and accepts all the same."""
        slow = self.dice.random() < 0.25
        return 1000 * self.dice.uniform(0.4, 0.7) * settings.stale_after if slow else self.dice.uniform(50, 500)

    def _set(self, **knobs: object) -> None:
        try:
            self.system.provider.misbehave(**knobs)
        except RequestException as failure:
            say(f"  the provider kept its ways: {failure}")


class Deploy(Trouble):
    """The new ones start first; both work for a moment; the old ones are asked to go and have their time."""

    every = (5.0, 5.0)

    def strike(self) -> None:
        old = [process for name in ("worker", "scheduler") for process in self.system.named(name)]
        for process in old:
            self.system.replace(process)
        self.over.wait(self.dice.uniform(0.5, 2))
        for process in old:
            self.system.retire(process)
        threading.Thread(target=self._bury, args=[old], daemon=True).start()

    def _bury(self, old: list[Process]) -> None:
        for process in old:
            began = time.monotonic()
            code = process.stop()
            say(f"  {process.name} left after {time.monotonic() - began:.1f} s, exit code {code}")
