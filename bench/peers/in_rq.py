"""`python -m bench.peers.in_rq N` enqueues; stock RQ workers work it off."""

import os
import sys

from redis import Redis
from rq import Queue, Retry

from bench.peers.work import send


def enqueue(n: int) -> None:
    queue = Queue("peers", connection=Redis.from_url(os.environ["REDIS_URL"]))
    retry = Retry(max=3, interval=[5, 10, 30])
    queue.enqueue_many([Queue.prepare_data(send, [number], retry=retry, result_ttl=0) for number in range(1, n + 1)])


if __name__ == "__main__":
    enqueue(int(sys.argv[1]))
