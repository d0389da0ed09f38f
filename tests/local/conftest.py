import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import psutil
import pytest

import config
from local import servers
from local.servers import Addresses


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder that others can enter, as a checkout usually is."""
    path = Path(tempfile.mkdtemp(prefix="postroom-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests themselves run inside a prepared environment; here a laptop's run starts from none."""
    for name in (each.name.upper() for each in fields(config.Settings)):
        monkeypatch.delenv(name, raising=False)
    for name in ("PORT", "SANDBOX_PORT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def own(folder: Path) -> Iterator[Addresses]:
    """Servers of our own, started anew on the data of the test before."""
    with servers.running("own", durable=False, shared=False, root=folder) as addresses:
        yield addresses


@pytest.fixture
def soon() -> Callable[[Callable[[], bool]], bool]:
    """Whether something comes true within 15 seconds."""

    def comes_true(question: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 15
        while not question() and time.monotonic() < deadline:
            time.sleep(0.02)
        return question()

    return comes_true


@pytest.fixture
def gone() -> Callable[[int], bool]:
    """Whether a process has ended, even if its new parent has not noticed yet."""

    def ended(pid: int) -> bool:
        try:
            return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return True

    return ended


@pytest.fixture
def python_path() -> dict[str, str]:
    """For scripts started elsewhere that import `local`."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
