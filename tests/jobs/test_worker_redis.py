"""Redis may be emptied, killed, restarted or full: the worker stays and goes on."""

import time
from urllib.parse import urlsplit

import pytest
from rq.worker import Worker

from jobs.connection import connect
from jobs.working.claim import Claims
from jobs.working.slots import Slots
from local.valkey import Valkey
from tests.jobs import examples


@pytest.fixture
def valkey(tmp_path):
    """A Valkey of our own, which may be killed."""
    server = Valkey(tmp_path / "valkey", "secret", durable=True, port=0)
    server.start()
    yield server
    server.stop()


def test_an_emptied_redis_is_told_again_who_works(worker, eventually, ran, redis, queue):
    worker(beat=0.3)
    examples.row.later(1, 1)
    examples.slow_letters.later_each([2, 3])
    eventually(lambda: queue("low").started_job_registry.get_job_ids())
    eventually(lambda: len(queue("mailers").started_job_registry.get_job_ids()) == 2)
    redis.flushdb()

    eventually(lambda: sorted(ran()) == ["1", "2", "3"])
    name = eventually(lambda: Worker.all(connection=redis))[0].name
    eventually(lambda: Worker.all(connection=redis)[0].queue_names() is not None and redis.ttl(f"rq:worker:{name}") > 0)
    examples.note.later("still here")
    eventually(lambda: "still here" in ran())
    assert not redis.keys("rq:job*") and not redis.keys("rq:execution*")


def test_a_killed_and_restarted_redis_finds_its_worker_at_work(process, eventually, valkey):
    client = connect(valkey.url)
    child = process("tests.jobs.hasty_worker", '{"beat": 0.3}', 5, "low", REDIS_URL=valkey.url)
    eventually(lambda: client.smembers("rq:workers"))
    code = "from tests.jobs.examples import row; row.later(1, 2.5); row.later(2, 0)"
    process("tests.jobs.run", code, REDIS_URL=valkey.url).wait(30)
    eventually(lambda: b"2" in client.lrange("ran", 0, -1))
    valkey.stop()
    time.sleep(0.5)
    assert child.poll() is None
    busy = cpu_seconds(child.pid)
    time.sleep(0.5)
    assert cpu_seconds(child.pid) - busy < 0.25
    valkey.start()

    eventually(lambda: set(client.lrange("ran", 0, -1)) >= {b"1", b"2"})
    process("tests.jobs.run", "from tests.jobs.examples import row; row.later(3, 0)", REDIS_URL=valkey.url).wait(30)
    eventually(lambda: b"3" in client.lrange("ran", 0, -1))
    eventually(lambda: not client.keys("rq:job:*") and not client.keys("rq:execution*"))
    child.terminate()
    assert child.wait(30) == 0


def test_without_redis_a_worker_still_leaves_when_told(process, eventually, valkey):
    child = process("tests.jobs.hasty_worker", '{"grace": 0.5, "farewell": 2}', 5, "low", REDIS_URL=valkey.url)
    client = connect(valkey.url)
    eventually(lambda: client.pubsub_channels("rq:pubsub:*"))  # the last it asks of Redis before it works
    valkey.kill()
    child.terminate()

    assert child.wait(30) == 0


def test_a_full_redis_can_still_be_worked_off(process, eventually, valkey):
    client = connect(valkey.url)
    code = "from tests.jobs.examples import sleepers; sleepers.later_each(range(500))"
    assert process("tests.jobs.run", code, REDIS_URL=valkey.url).wait(30) == 0
    client.config_set("maxmemory", 1)
    process("tests.jobs.hasty_worker", '{"beat": 0.2}', 5, "default", REDIS_URL=valkey.url)

    eventually(lambda: not client.exists("rq:queue:default") and not client.keys("rq:job:*"))
    assert not client.smembers("rq:workers")
    client.config_set("maxmemory", 0)
    eventually(lambda: client.smembers("rq:workers"))


def test_jobs_that_were_taken_but_never_arrived_go_back(worker, eventually, ran, redis):
    """As when the connection breaks after the script ran and before its answer came."""
    worker("high", beat=0.2)
    name = Worker.all(connection=redis)[0].name
    examples.note.later_each(["a", "b", "c"])
    lost = Claims(redis, f"rq:worker:{name}", f"rq:worker:{name}:executions", name, ["default"], 40)
    assert len(lost.take(Slots(10).rooms(["default"])).jobs) == 3
    assert not redis.exists("rq:queue:default")

    eventually(lambda: redis.llen("rq:queue:default") == 3)
    worker("default")
    eventually(lambda: sorted(ran()) == ["a", "b", "c"])


def test_jobs_that_another_rq_worker_lost_in_between_are_found_in_any_queue(worker, eventually, redis, queue):
    """RQ's own workers move a job to an intermediate list before they start it, and may die there."""
    id = examples.stumble.later("stuck")
    redis.lmove("rq:queue:default", "rq:queue:default:intermediate")
    redis.set(f"rq:queue:default:intermediate:first_seen:{id}", time.time() - 61)
    worker("high", upkeep=0.3)

    assert eventually(queue("default").failed_job_registry.get_job_ids) == [id]
    assert eventually(lambda: not redis.exists("rq:queue:default:intermediate"))


def test_a_worker_needs_few_connections(worker, eventually, ran, redis):
    before = connections(redis)
    worker(slots=50)
    examples.stumble.later_each(range(100))
    examples.row.later_each((number, 0.01) for number in range(200))

    eventually(lambda: len(ran()) == 200)
    assert connections(redis) - before <= 2 * 6  # the worker's pool, and that of the jobs it runs: one and the same


def connections(redis):
    database = urlsplit(f"x://h/{redis.get_connection_kwargs().get('db', 0)}").path.strip("/")
    return sum(client["db"] == database for client in redis.client_list())


def cpu_seconds(pid):
    from pathlib import Path

    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100
