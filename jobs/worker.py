"""`python -m jobs.worker high default mailers low`: one worker process for these queues, the first first.

Stops on SIGTERM and SIGINT: no new jobs, 20 s for those in flight, the rest goes back to the head of its queue, exit
0. It exits 75 after a job that ignored its timeout, so that the platform starts it afresh.
"""

import logging
import sys

from config import settings
from jobs import (
    sentry,
    tick,  # noqa: F401  (which imports nearly every job: the first of each kind waits for nothing)
)
from jobs.connection import redis_connection
from jobs.door import QUEUES
from jobs.working import memory
from jobs.working.worker import Worker

SWITCH = 0.001  # seconds a busy thread keeps the others from theirs; Python's 0.005 costs 2 % of the mails


def main() -> int:
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("rq.worker").setLevel(settings.log_level)
    sys.setswitchinterval(SWITCH)
    memory.stay_small()
    memory.collect_seldom()
    sentry.start("worker")
    return Worker(sys.argv[1:] or [*QUEUES], redis_connection(), settings.job_concurrency).work()


if __name__ == "__main__":
    sys.exit(main())
