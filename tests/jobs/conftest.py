import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rq import Queue, Worker
from rq.serializers import JSONSerializer

ROOT = Path(__file__).resolve().parents[2]
QUEUES = ["high", "default", "mailers", "low"]


@pytest.fixture
def redis():
    from jobs.connection import redis_connection

    return redis_connection()


@pytest.fixture
def eventually():
    """Waits until something is true and gives it."""

    def wait(what, seconds=30.0):
        deadline = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < deadline, "it never happened"
            time.sleep(0.02)
        return found

    return wait


@pytest.fixture
def queue(redis):
    return lambda name: Queue(name, connection=redis, serializer=JSONSerializer)


@pytest.fixture
def ran(redis):
    """What the example jobs say they did."""
    return lambda list_="ran": [each.decode() for each in redis.lrange(list_, 0, -1)]


class Processes:
    """Python modules run as processes of their own."""

    def __init__(self, folder):
        self.folder, self.started = folder, []

    def start(self, module, *arguments, **environment):
        log = (self.folder / f"process-{len(self.started)}.log").open("w")
        command = [sys.executable, "-W", "ignore", "-m", module, *map(str, arguments)]
        self.started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log))
        return self.started[-1]

    def end(self):
        for each in self.started:
            each.kill()
            each.wait()


@pytest.fixture
def process(tmp_path):
    """Starts a module as a process; what still runs at the end is killed."""
    processes = Processes(tmp_path)
    yield processes.start
    processes.end()


@pytest.fixture
def worker(process, redis, eventually):
    """Starts our worker and waits until it is registered. times: see `Limits`."""

    def start(*queues, slots=10, **times):
        known = {each.name for each in Worker.all(connection=redis)}
        child = process("tests.jobs.hasty_worker", json.dumps(times), slots, *(queues or QUEUES))
        eventually(lambda: {each.name for each in Worker.all(connection=redis)} - known, 60)
        return child

    return start


@pytest.fixture(scope="module")
def standing_worker(tmp_path_factory):
    """One worker for all tests of a file. Redis is emptied between them; it registers again."""
    processes = Processes(tmp_path_factory.mktemp("standing"))
    processes.start("tests.jobs.hasty_worker", '{"beat": 0.1}', 10, *QUEUES)
    yield
    processes.end()
