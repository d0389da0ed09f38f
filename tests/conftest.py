"""The ground every test stands on: real PostgreSQL, real Valkey, a clock that can be moved.

Each pytest worker has a database, a Redis number and a clock of its own. The environment is complete before the first
room is imported, because rooms read it when they are.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg2
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from local import guard, servers
from local.nameserver import Nameserver
from local.server import free_port

settings.register_profile("postroom", deadline=None)  # how long something takes is for bin/bench to say
settings.load_profile("postroom")

ROOT = Path(__file__).resolve().parent.parent
PURE = ("tests/local", "tests/sandbox", "tests/emails/reply_text")  # need neither database nor queue
WHOLE = ("tests/stories", "tests/bench", "tests/local/test_setup")  # what such a file starts costs more than its tests
_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored, by children as well
    if hasattr(config, "workerinput"):
        _prepare(config.workerinput["workerid"])
        return
    addresses = _servers.enter_context(servers.running("test", durable=False, shared=False))
    os.environ |= addresses | {"SERVERS_FOLDER": str(addresses.folder)}  # for the workers, which inherit them
    if not config.getoption("numprocesses", None):
        _prepare("gw0")


class Whole(LoadScopeScheduling):
    """The tests of such a file run in one process, so that what they need is started once; all others where there is
    room."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith(WHOLE) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Whole:
    return Whole(config, log)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: drills and stories wait for others half of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_unconfigure(config: pytest.Config) -> None:
    _servers.close()


def _prepare(worker: str) -> None:
    database = _fresh_database(os.environ["DATABASE_URL"], f"postroom_{worker}")
    clock = Path(os.environ["SERVERS_FOLDER"]) / f"clock-{worker}"
    clock.unlink(missing_ok=True)
    os.environ |= {
        "DATABASE_URL": database,
        "REDIS_URL": _with_path(os.environ["REDIS_URL"], worker.removeprefix("gw")),
        "SECRET_KEY": "a key that only the tests know, nobody else",
        "MAIL_FROM": "Postroom <postroom@postroom.example>",
        "INBOUND_ADDRESS": "0123456789abcdef0123456789abcdef@inbound.postroom.example",
        "POSTMARK_SERVER_TOKEN": "a-token-of-the-sandbox",
        "POSTMARK_API_URL": f"http://127.0.0.1:{free_port()}",
        "WEBHOOK_SECRETS": "the-webhook-secret,the-one-before-it",
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        "DNS_SERVERS": f"127.0.0.1:{free_port()}",
        "DNS_TIMEOUT": "1",
        "LOCAL_LINKS": "on",
        "ENVIRONMENT": "test",
        "CLOCK_FILE": str(clock),
    }


def _fresh_database(url: str, name: str) -> str:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
        cursor.execute(f"create database {name}")
    connection.close()
    return _with_path(url, name)


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


@pytest.fixture(scope="session")
def database() -> None:
    """The tables, made by the migrations that make them everywhere."""
    from alembic import command

    from migrations.__main__ import alembic

    command.upgrade(alembic(), "head")


@pytest.fixture(autouse=True)
def clean(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty tables, an empty Redis and the right time, before each test that could touch them."""
    if not str(request.path.relative_to(ROOT)).startswith(PURE):
        request.getfixturevalue("database")
        _empty()
        clock_file = Path(os.environ["CLOCK_FILE"])
        clock_file.unlink(missing_ok=True)
        yield
        clock_file.unlink(missing_ok=True)
    else:
        yield


def _empty() -> None:
    from jobs.connection import redis_connection
    from tests import emptying

    emptying.empty()
    redis_connection().flushdb()


@pytest.fixture(scope="session")
def provider() -> Iterator[httpx.Client]:
    """The sandbox as a process of its own, under the address that the rooms know."""
    port = os.environ["POSTMARK_API_URL"].rpartition(":")[2]
    command = [sys.executable, "-m", "sandbox", "--port", port, "--delivery-delay", "0.01"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        guard.watch(process.pid, signal.SIGTERM)
        assert process.stdout
        process.stdout.readline()
        with httpx.Client(base_url=os.environ["POSTMARK_API_URL"], timeout=10) as client:
            yield client
        process.terminate()
    guard.forget(process.pid)


@pytest.fixture
def nameserver() -> Iterator[Nameserver]:
    """The name server that the rooms know; without it nobody answers."""
    with Nameserver(int(os.environ["DNS_SERVERS"].rpartition(":")[2])) as running:
        yield running


class Clock:
    """Everybody's clock, this process's and those it started."""

    def at(self, moment: str | datetime) -> datetime:
        """Moves it to a moment in UTC, such as `2026-03-27 18:00`."""
        from models import clock

        when = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment).replace(tzinfo=UTC)
        clock.move_to(when)
        return when

    def forward(self, **amount: float) -> datetime:
        from models import clock

        return self.at(clock.now() + timedelta(**amount))


@pytest.fixture
def clock() -> Clock:
    return Clock()
