"""People at their browsers. Rooms are imported when a fixture needs them: the environment comes first."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from local.valkey import Valkey
from tests.web.browser import Browser


@pytest.fixture(scope="session")
def app() -> Any:
    """One for all tests: to make its routes and templates takes longer than most of them."""
    from web.app import create_app

    return create_app()


@pytest.fixture
def browser(app: Any) -> Callable[[], Browser]:
    return lambda **options: Browser(app, **options)


@pytest.fixture
def signed_in(browser: Callable[[], Browser]) -> Callable[[Any], Browser]:
    """A browser that is somebody's, by a link as their mail has it."""
    from tests.web import houses

    return lambda user: browser().get(f"/sign-in/{houses.link(user)}").press("Sign in")


@pytest.fixture
def ada() -> Any:
    from tests.web.houses import furnished

    return furnished("Ada", "Grace")


@pytest.fixture
def charles(ada: Any) -> Any:
    from tests.web.houses import furnished

    return furnished("Charles", "Georgiana")


@pytest.fixture
def adas(ada: Any, signed_in: Callable[[Any], Browser]) -> Browser:
    return signed_in(ada.owner)


@pytest.fixture
def graces(ada: Any, signed_in: Callable[[Any], Browser]) -> Browser:
    return signed_in(ada.member)


@pytest.fixture
def sent(ada: Any) -> str:
    """Of Ada's edition in the API, on its way to five."""
    from tests.web.programs import on_its_way

    return on_its_way(ada)


@pytest.fixture
def call(app: Any, ada: Any) -> Callable[..., Any]:
    """A request to the API, with Ada's key unless another is given."""
    from tests.web.programs import asked

    return lambda path, method="GET", key=ada.bearer, **options: asked(app, path, method, key, **options)


@pytest.fixture
def frozen_redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Redis was there, and then neither answers nor goes away."""
    from jobs import connection

    own = Valkey(tmp_path / "valkey", "secret", durable=False, port=0)
    own.start()
    monkeypatch.setattr(connection, "settings", replace(connection.settings, redis_url=own.url))
    for each in (connection._hasty, connection._patient):
        monkeypatch.setattr(connection, each.__name__, cache(each.__wrapped__))
    with connection.hurry():
        connection.redis_connection().ping()
    assert own.pid
    os.kill(own.pid, signal.SIGSTOP)
    yield
    os.kill(own.pid, signal.SIGCONT)
    own.stop()


@pytest.fixture
def without_redis(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Redis answers nobody: its port is closed."""
    from jobs import connection
    from local.server import free_port

    gone = connection.connect(f"redis://127.0.0.1:{free_port()}/0")
    of_jobs = ("connection", "door", "posting", "failures", "own_checks", "counting")
    names = (*(f"jobs.{name}" for name in of_jobs), "web.health", "web.operations", "web.queues")
    for module in list(map(import_module, names)):  # all of them first: what is imported later would keep the patch
        monkeypatch.setattr(module, "redis_connection", lambda: gone)
