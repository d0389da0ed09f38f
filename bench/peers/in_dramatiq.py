"""`python -m bench.peers.in_dramatiq N` enqueues; `dramatiq bench.peers.in_dramatiq` works it off."""

import os
import sys

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from bench.peers import work

# A dead worker's messages come back after 20 s and not a minute; who looks for them does so often enough.
broker = RedisBroker(url=os.environ["REDIS_URL"], heartbeat_timeout=20_000, maintenance_chance=100_000)
dramatiq.set_broker(broker)


@dramatiq.actor(actor_name="send", max_retries=3)
def send(number: int) -> None:
    work.send(number)


def enqueue(n: int) -> None:
    for number in range(1, n + 1):
        send.send(number)


if __name__ == "__main__":
    enqueue(int(sys.argv[1]))
