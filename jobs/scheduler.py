"""`python -m jobs.scheduler`: enqueues the minute's tick. Two at once do no harm; exits 0 on SIGTERM and SIGINT."""

import logging
import os
import sys
import threading
import time

from config import settings
from jobs import sentry
from jobs.connection import connect
from jobs.schedule import TICK, Schedule
from jobs.working.signals import on_stop


def main() -> int:
    os.environ["TZ"] = "UTC"
    time.tzset()
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
    sentry.start("scheduler")
    stopped = threading.Event()
    on_stop(stopped.set)
    Schedule(connect(settings.redis_url, most=1), *(sys.argv[1:] or [TICK])).run(stopped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
