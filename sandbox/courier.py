"""Carrying webhooks: bounded concurrency, Postmark's retry schedules, and a log of the latest attempts."""

import asyncio
import heapq
import logging
import time
import uuid
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson

from sandbox.clock import utc
from sandbox.faults import Faults
from sandbox.hooks import Hook
from sandbox.line import Line, Reply
from sandbox.settings import Settings

# Minutes between tries. Events: Postmark's webhook documentation; inbound: its inbound documentation.
EVENT_RETRIES = (1, 5, 10, 10, 10, 15)
INBOUND_RETRIES = (1, 5, 10, 10, 10, 15, 30, 60, 120, 360)
log = logging.getLogger(__name__)
KEPT_ATTEMPTS = 1_000
READY = 500  # parcels made ahead of the carriers
WAITING = 100_000  # parcels kept for a retry before new ones are held back, about 1 KB each


@dataclass(slots=True)
class Parcel:
    hook: Hook
    kind: str  # a trigger, or Inbound
    about: str  # the MessageID
    body: bytes
    trace: str = field(default_factory=lambda: str(uuid.uuid4()))
    tries: int = 0

    @property
    def schedule(self) -> tuple[int, ...]:
        return INBOUND_RETRIES if self.kind == "Inbound" else EVENT_RETRIES

    @property
    def retries_remaining(self) -> int:
        return len(self.schedule) - self.tries

    def request_headers(self) -> list[tuple[str, str]]:
        return [
            *self.hook.request_headers(),
            ("User-Agent", "Postmark"),
            ("X-PM-Retries-Remaining", str(self.retries_remaining)),
            ("X-PM-Webhook-Trace-Id", self.trace),
        ]

    def may_be_retried(self, status: int) -> bool:
        """Events are dropped on a 4xx other than 408 and 429; inbound mail only on a 403. Status 0 is no answer."""
        if not self.retries_remaining or status == 403:
            return False
        return self.kind == "Inbound" or not 400 <= status < 500 or status in (408, 429)


class Courier:
    def __init__(self, settings: Settings, faults: Faults):
        self.settings, self.faults = settings, faults
        self.ready: asyncio.Queue[Parcel] = asyncio.Queue()
        self.wake = asyncio.Event()
        self.forget()

    def forget(self) -> None:
        """Drops what waits and the log. What is on the road arrives."""
        self.waiting: list[tuple[float, int, Parcel]] = []
        self.order = 0
        while not self.ready.empty():
            self.ready.get_nowait()
        self.attempts: deque[dict[str, Any]] = deque(maxlen=KEPT_ATTEMPTS)
        self.counts = {"posted": 0, "attempts": 0, "taken": 0, "retried": 0, "given_up": 0}
        self.on_the_road = 0

    @property
    def has_room(self) -> bool:
        return self.ready.qsize() < READY and len(self.waiting) < WAITING

    @property
    def pending(self) -> int:
        return self.ready.qsize() + len(self.waiting) + self.on_the_road

    def post(self, hook: Hook, kind: str, payload: dict[str, Any], about: str) -> None:
        """Takes an event for one webhook; the webhook faults decide here whether it goes twice or late."""
        parcel = Parcel(hook, kind, about, orjson.dumps(payload))
        self.counts["posted"] += 1
        late = self.faults.strikes("reordered_webhooks")
        self._queue(parcel, self.faults.random.uniform(0, late.options["seconds"]) if late else 0)
        if self.faults.strikes("duplicate_webhooks"):
            self._queue(Parcel(hook, kind, about, parcel.body, parcel.trace), 0)

    async def probe(self, parcel: Parcel) -> int:
        """Posts once, now, outside the queue; the status that came back, 0 for none."""
        line, started = Line(), time.time()
        reply = await self._answer(line, parcel)
        line.close()
        self._log(parcel, reply, started)
        return reply.status

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hand_out())
            for _ in range(self.settings.webhook_concurrency):
                group.create_task(self._carry())

    def _queue(self, parcel: Parcel, delay: float) -> None:
        if delay <= 0:
            self.ready.put_nowait(parcel)
            return
        self.order += 1
        heapq.heappush(self.waiting, (time.monotonic() + delay, self.order, parcel))
        self.wake.set()

    async def _hand_out(self) -> None:
        while True:
            self.wake.clear()
            while self.waiting and self.waiting[0][0] <= time.monotonic():
                self.ready.put_nowait(heapq.heappop(self.waiting)[2])
            left = self.waiting[0][0] - time.monotonic() if self.waiting else 3600
            with suppress(TimeoutError):  # wait_for would swallow a cancellation that comes with the wake
                async with asyncio.timeout(max(left, 0.001)):
                    await self.wake.wait()

    async def _carry(self) -> None:
        line = Line()
        while True:
            parcel = await self.ready.get()
            self.on_the_road += 1
            try:
                await self._try(line, parcel)
            except Exception:  # or one carrier fewer would bring all that is still to come
                log.exception("A webhook was lost by the sandbox's own fault; the carrier goes on")
            finally:
                self.on_the_road = max(0, self.on_the_road - 1)

    async def _try(self, line: Line, parcel: Parcel) -> None:
        if slow := self.faults.strikes("slow_webhooks"):
            await asyncio.sleep(slow.options["seconds"])
        started = time.time()
        reply = await self._answer(line, parcel)
        self._log(parcel, reply, started)
        if reply.status == 200:
            self.counts["taken"] += 1
            parcel.hook.sent += 1
        elif parcel.may_be_retried(reply.status):
            self._retry(parcel)
        else:
            self.counts["given_up"] += 1
            parcel.hook.failed += 1

    async def _answer(self, line: Line, parcel: Parcel) -> Reply:
        """What came back; status 0 with the reason when nothing did."""
        try:
            async with asyncio.timeout(self.settings.webhook_timeout):
                return await line.post(parcel.hook.bare_url(), parcel.request_headers(), parcel.body)
        except TimeoutError:
            return Reply(0, f"no answer in {self.settings.webhook_timeout} s")
        except (OSError, ValueError) as error:
            return Reply(0, f"{type(error).__name__}: {error}")

    def _retry(self, parcel: Parcel) -> None:
        minutes = parcel.schedule[parcel.tries]
        parcel.tries += 1
        self.counts["retried"] += 1
        self._queue(parcel, minutes * 60 / self.settings.retry_speed)

    def _log(self, parcel: Parcel, reply: Reply, started: float) -> None:
        self.counts["attempts"] += 1
        self.attempts.append(
            {
                "at": utc(started),
                "seconds": round(time.time() - started, 4),
                "kind": parcel.kind,
                "MessageID": parcel.about,
                "url": parcel.hook.bare_url(),
                "trace": parcel.trace,
                "try": parcel.tries + 1,
                "retries_remaining": parcel.retries_remaining,
                "status": reply.status,
                "answer": reply.text,
                "payload": parcel.body,
            }
        )
