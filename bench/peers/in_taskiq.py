"""`python -m bench.peers.in_taskiq N` enqueues; `taskiq worker bench.peers.in_taskiq:broker` works it off."""

import asyncio
import os
import sys

from taskiq_redis import RedisStreamBroker

from bench.peers import work

# The broker that acknowledges; a dead worker's messages come back after 30 s and not ten minutes.
broker = RedisStreamBroker(os.environ["REDIS_URL"], idle_timeout=30_000, unacknowledged_lock_timeout=10)


@broker.task(task_name="send")
def send(number: int) -> None:
    """Not async, so it runs in taskiq's thread pool."""
    work.send(number)


async def enqueue(n: int) -> None:
    await broker.startup()
    for number in range(1, n + 1):
        await send.kiq(number)
    await broker.shutdown()


if __name__ == "__main__":
    asyncio.run(enqueue(int(sys.argv[1])))
