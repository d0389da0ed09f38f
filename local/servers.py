"""PostgreSQL and Valkey for development, demo, tests and benchmarks, unless DATABASE_URL and REDIS_URL name others.

with servers.running("bench") as addresses:
    addresses["DATABASE_URL"], addresses["REDIS_URL"]
    addresses.postgres.kill(); addresses.postgres.start()   # the same address afterwards
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg2
import redis

from local.postgres import Postgres
from local.server import Server, ServerFailed
from local.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent / ".local"
PATIENCE = 60.0  # seconds we wait for somebody else's servers to come up


class Addresses(dict[str, str]):
    """{"DATABASE_URL": …, "REDIS_URL": …} and, where the servers are our own children, handles to restart them."""

    folder: Path  # the run's own: .local/<name>
    joined = False  # whether another process of ours runs these servers
    postgres: Server | None = None
    valkey: Server | None = None


@contextmanager
def running(name: str, durable: bool = True, shared: bool = True, root: Path = ROOT) -> Iterator[Addresses]:
    """Runs both servers on the data in .local/<name>, which the next run finds again, and stops them at the end.

    name: dev, demo, test, bench. durable: False gives up safety against power cuts for speed.
    shared: where another process runs servers of this name already, True joins those (no handles then; they end with
    that process), False starts others on the data in .local/<name>-2, -3 and so on.
    Raises ServerFailed.
    """
    with ExitStack() as stack:
        own = None if len(_given()) == 2 else _claim(name, shared, root, stack)
        addresses = _start(own, durable, stack) if own else _join(root / name)
        addresses.folder = own or root / name
        addresses.folder.mkdir(parents=True, exist_ok=True)
        yield addresses


def _claim(name: str, shared: bool, root: Path, stack: ExitStack) -> Path | None:
    """The folder that is ours alone from now on, or None: it is somebody else's and we may join."""
    for number in range(1, 100):
        folder = root / (name if number == 1 else f"{name}-{number}")
        folder.mkdir(parents=True, exist_ok=True)
        if lock := _lock(folder / "lock"):
            stack.enter_context(lock)
            return folder
        if shared:
            return None
    raise ServerFailed(f"99 runs of {name} at once are too many")


def _lock(path: Path) -> IO[str] | None:
    """The kernel lets go of it when we die, however we die."""
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _start(folder: Path, durable: bool, stack: ExitStack) -> Addresses:
    addresses = Addresses(_given())
    if "DATABASE_URL" not in addresses:
        addresses.postgres = _run(Postgres, folder, durable, stack)
        addresses["DATABASE_URL"] = addresses.postgres.url
    if "REDIS_URL" not in addresses:
        addresses.valkey = _run(Valkey, folder, durable, stack)
        addresses["REDIS_URL"] = addresses.valkey.url
    write(folder / "addresses.json", json.dumps(addresses))
    stack.callback((folder / "addresses.json").unlink, missing_ok=True)
    return addresses


def _run(kind: type[Server], folder: Path, durable: bool, stack: ExitStack) -> Server:
    server = kind(folder / kind.name, kept(folder / "password"), durable, _port(folder, kind.name))
    stack.callback(server.stop)
    server.start()
    write(folder / f"{kind.name}.port", str(server.port))
    return server


def _join(folder: Path) -> Addresses:
    """The addresses given, and those of servers another process runs, once they answer."""
    deadline = time.monotonic() + PATIENCE
    while True:
        addresses = Addresses(_published(folder) | _given())
        addresses.joined = len(_given()) < 2
        if _answer(addresses):
            return addresses
        if time.monotonic() > deadline:
            raise ServerFailed(f"The servers of {folder} belong to another process and do not answer: {addresses}")
        time.sleep(0.05)


def _given() -> dict[str, str]:
    return {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}


def _published(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / "addresses.json").read_text()))
    except (OSError, ValueError):
        return {}


def _answer(addresses: Addresses) -> bool:
    try:
        psycopg2.connect(addresses["DATABASE_URL"], connect_timeout=5).close()
        redis.Redis.from_url(addresses["REDIS_URL"], socket_timeout=5).ping()
    except (KeyError, psycopg2.OperationalError, redis.RedisError):
        return False
    return True


def _port(folder: Path, name: str) -> int:
    """The port of the run before, so that addresses last; 0 the first time."""
    path = folder / f"{name}.port"
    return int(path.read_text()) if path.exists() else 0


def kept(path: Path) -> str:
    """A secret, made once, whoever asks first: 64 hexadecimal digits."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        write(fresh, secrets.token_hex(32))
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text()


def write(path: Path, text: str) -> None:
    """All or nothing, and for our eyes only."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text)
    unfinished.replace(path)
