"""`python -m tests.jobs.hasty_worker '{"grace": 1}' 10 high low`: our worker with shorter times and that many slots."""

import json
import logging
import sys

from jobs.connection import redis_connection
from jobs.working.limits import Limits
from jobs.working.worker import Worker

if __name__ == "__main__":
    logging.basicConfig(level="INFO", format="%(levelname)s %(name)s: %(message)s")
    times, slots, *queues = sys.argv[1:]
    sys.exit(Worker(queues, redis_connection(), int(slots), Limits(**json.loads(times))).work())
