import io
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from local.processes import Processes, procfile

FOREVER = "import time; print('ready', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + FOREVER
POLITE = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(3));" + FOREVER
WITH_A_CHILD = f"""
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", {FOREVER!r}], stdout=subprocess.DEVNULL).pid, flush=True)
{FOREVER}
"""
GUARDED = f"""
import sys
from local.processes import Processes
with Processes(dict(PATH="/usr/bin:/bin")) as processes:
    print(processes.start("worker", [sys.executable, "-c", {FOREVER!r}]).pid, flush=True)
    processes.all[0].wait()
"""


def python(source: str) -> list[str]:
    return [sys.executable, "-c", source]


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


def test_each_line_is_printed_under_the_name_of_its_process(output: io.StringIO, soon: Callable[..., bool]) -> None:
    with Processes({"GREETING": "hello"}, output) as processes:
        processes.start("web", python("import os; print(os.environ['GREETING'], os.environ['TO'])"), {"TO": "Ada"})
        assert soon(lambda: output.getvalue() == "web       | hello Ada\n")


def test_the_end_of_the_block_stops_every_process_in_order(output: io.StringIO, soon: Callable[..., bool]) -> None:
    with Processes({}, output) as processes:
        polite = [processes.start(name, python(POLITE)) for name in ("web", "worker")]
        assert soon(lambda: output.getvalue().count("ready") == 2)
    assert [process.wait() for process in polite] == [3, 3]


def test_a_process_that_does_not_listen_is_killed(output: io.StringIO, soon: Callable[..., bool]) -> None:
    with Processes({}, output) as processes:
        deaf = processes.start("worker", python(DEAF))
        assert soon(lambda: "ready" in output.getvalue())
        assert deaf.stop(patience=0.2) == -signal.SIGKILL


def test_a_killed_process_starts_again(output: io.StringIO, soon: Callable[..., bool]) -> None:
    with Processes({}, output) as processes:
        worker = processes.start("worker", python(FOREVER))
        assert soon(lambda: output.getvalue().count("ready") == 1)
        assert worker.kill() == -signal.SIGKILL
        assert not worker.alive
        worker.start()
        assert soon(lambda: output.getvalue().count("ready") == 2)


def test_kill_takes_the_children_of_a_process_with_it(
    output: io.StringIO, soon: Callable[..., bool], gone: Callable[[int], bool]
) -> None:
    with Processes({}, output) as processes:
        web = processes.start("web", python(WITH_A_CHILD))
        assert soon(lambda: "ready" in output.getvalue())
        child = int(output.getvalue().split()[2])
        web.kill()
        assert soon(lambda: gone(child))


def test_no_process_outlives_a_killed_parent(
    python_path: dict[str, str], soon: Callable[..., bool], gone: Callable[[int], bool]
) -> None:
    with subprocess.Popen(python(GUARDED), stdout=subprocess.PIPE, text=True, env=python_path) as parent:
        assert parent.stdout
        worker = next(int(line) for line in parent.stdout if line.strip().isdigit())  # it may be ready before
        parent.kill()
    assert soon(lambda: gone(worker))


def test_the_procfile_says_how_processes_start() -> None:
    assert procfile("worker") == ["python", "-m", "jobs.worker"]
    assert procfile("web")[:2] == ["gunicorn", "web.wsgi:app"]
    with pytest.raises(KeyError, match="nobody"):
        procfile("nobody")
