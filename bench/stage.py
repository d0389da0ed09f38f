"""The running system: servers of its own, the sandbox, and Postroom's processes, each with a handle to kill it by.

with stage.running() as system:
    worker = system.start("worker")
    system.valkey.kill(); system.valkey.start()

The rooms read their environment when they are imported: what imports them is imported within `running`, not before.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg2
import redis

from bench.provider import Provider
from bench.usage import Usage
from local import environment, servers
from local.processes import ROOT, Process, Processes
from local.server import Server

# Whatever these name elsewhere must not meet a benchmark, which empties and kills what it runs on.
OURS = (
    *(
        "DATABASE_URL",
        "REDIS_URL",
        "POSTMARK_API_URL",
        "BASE_URL",
        "CLOCK_FILE",
        "PORT",
        "DNS_SERVERS",
        "GUNICORN_CMD_ARGS",
    ),
    *("SANDBOX_PORT", "SANDBOX_EVENTS_URL", "SANDBOX_INBOUND_URL"),
)
# A sandbox that delivers would call a web server that most of them do not run.
QUIET = {"LOG_LEVEL": "WARNING", "SANDBOX_DELIVER": "no"}
SANDBOX = [sys.executable, "-m", "sandbox"]


class Stage:
    def __init__(self, addresses: servers.Addresses, processes: Processes) -> None:
        assert addresses.postgres and addresses.valkey
        self.postgres: Server = addresses.postgres
        self.valkey: Server = addresses.valkey
        self.processes = processes
        self.variables = processes.environment
        self.provider = Provider(self.variables["POSTMARK_API_URL"])
        self.redis = redis.Redis.from_url(self.variables["REDIS_URL"], socket_timeout=5)
        self.usage = Usage(self._pids)
        self._retired: list[Process] = []

    def start(self, name: str, **variables: str) -> Process:
        """One more process of a type that the Procfile knows: worker, scheduler or web."""
        return self.processes.start(name, environment=variables)

    def named(self, name: str) -> list[Process]:
        """Those that live, and have not been told to go."""
        of_kind = (process for process in list(self.processes.all) if process.name == name)
        return [process for process in of_kind if process.alive and process not in self._retired]

    def retire(self, process: Process) -> None:
        """Asks it to stop, which may take a while."""
        self._retired.append(process)
        process.ask_to_stop()

    def start_workers(self, count: int = 1, **variables: str) -> list[Process]:
        """Returns when all of them take jobs."""
        started = [self.start("worker", **variables) for _ in range(count)]
        until(lambda: int(self.redis.scard("rq:workers")) >= count, "the workers to take jobs")
        return started

    def taking_jobs(self) -> set[int]:
        """The process ids of the workers that have said that they do; some may be dead."""
        return {int(self.redis.hget(key, "pid") or 0) for key in self.redis.smembers("rq:workers")}

    def replace(self, process: Process) -> Process:
        """Another one like it, whose place it may be to take."""
        fresh = Process(process.name, process.command, process.environment, process.output)
        self.processes.all.append(fresh)
        fresh.start()
        return fresh

    def start_sandbox(self) -> None:
        self.processes.start("sandbox", SANDBOX)
        until(self.provider.answers, "the sandbox to answer")

    def start_nameserver(self) -> None:
        """What addresses' domains are asked of."""
        host, _, port = self.variables["DNS_SERVERS"].rpartition(":")
        self.processes.start("names", [sys.executable, "-m", "local.nameserver", port])
        until(lambda: _answers(host, int(port)), "the name server to listen")

    def jobs(self, *queues: str) -> int:
        """How many of them wait or are at work."""
        with self.redis.pipeline() as pipeline:
            for queue in queues:
                pipeline.llen(f"rq:queue:{queue}")
                pipeline.zcard(f"rq:wip:{queue}")
            return sum(pipeline.execute())

    def clear(self) -> None:
        """As it was at first: only the servers and a sandbox run, and all is empty."""
        self.processes.stop()
        self.processes.all.clear()
        self._retired.clear()
        _forget(self.variables)
        self.start_sandbox()
        self.usage.forget()

    def _pids(self) -> dict[str, list[int]]:
        found = {server.name: [server.pid] for server in (self.postgres, self.valkey) if server.pid}
        for process in list(self.processes.all):
            if process.pid and process.alive:
                found.setdefault(process.name, []).append(process.pid)
        return found


@contextmanager
def running(tuning: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """An empty system: the servers and the sandbox run. Nothing is left of it afterwards but its log.

    `tuning` are environment variables for the rooms; those that the caller's environment sets already win.
    """
    with ExitStack() as stack:
        for name in OURS:
            os.environ.pop(name, None)
        addresses = stack.enter_context(servers.running("bench", shared=False))
        os.environ |= {**QUIET, **(tuning or {})} | environment.prepared("bench", addresses)
        _empty(addresses)
        log = stack.enter_context((addresses.folder / "output.log").open("w"))
        stage = Stage(addresses, stack.enter_context(Processes(dict(os.environ), log)))
        stage.start_sandbox()
        stack.enter_context(stage.usage)
        yield stage


def until(happened: Callable[[], object], what: str, patience: float = 60.0, pause: float = 0.02) -> None:
    """Waits for it; raises `TimeoutError`."""
    deadline = time.monotonic() + patience
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {patience:.0f} s for {what}; .local/bench*/output.log may tell why")
        time.sleep(pause)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _empty(addresses: servers.Addresses) -> None:
    """As on the first day: new tables, no queues, the right time."""
    _execute(addresses, "drop schema public cascade; create schema public")
    _forget_jobs(addresses)
    subprocess.run([sys.executable, "-m", "migrations"], cwd=ROOT, check=True)


def _forget(addresses: Mapping[str, str]) -> None:
    """The same, in the tables that are there."""
    _execute(addresses, _TRUNCATE)
    _forget_jobs(addresses)


def _execute(addresses: Mapping[str, str], statement: str) -> None:
    connection = psycopg2.connect(addresses["DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _forget_jobs(addresses: Mapping[str, str]) -> None:
    queues = redis.Redis.from_url(addresses["REDIS_URL"])
    queues.flushall()
    queues.bgrewriteaof()  # or a restart reads through all earlier runs first
    Path(os.environ["CLOCK_FILE"]).unlink(missing_ok=True)


_TRUNCATE = """
    do $$ begin
        execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity cascade'
                 from pg_tables where schemaname = 'public' and tablename <> 'alembic_version');
    end $$
"""
