"""`python -m bench.peers.in_celery N` enqueues; `celery -A bench.peers.in_celery worker` works it off."""

import os
import sys

from celery import Celery

from bench.peers import work

app = Celery("peers", broker=os.environ["REDIS_URL"])
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    broker_transport_options={"visibility_timeout": 30},  # seconds; an hour unless told
    worker_hijack_root_logger=False,
)


@app.task(name="send")
def send(number: int) -> None:
    work.send(number)


def enqueue(n: int) -> None:
    with app.producer_pool.acquire() as producer:
        for number in range(1, n + 1):
            send.apply_async([number], producer=producer)


if __name__ == "__main__":
    enqueue(int(sys.argv[1]))
