"""bin/dev: the whole of Postroom on a laptop, started again whenever its source changes."""

import subprocess
import sys
import time
from collections.abc import Mapping

from local import environment, guard, servers
from local.changes import ROOT, Changes
from local.processes import Processes

SANDBOX = [sys.executable, "-m", "sandbox"]


def main() -> None:
    guard.unwind_on_sigterm()
    with servers.running("dev") as addresses:
        variables = environment.prepared("dev", addresses)
        if addresses.joined:
            sys.exit(f"bin/dev is running already: {variables['BASE_URL']}")
        migrate(variables)
        with Processes(variables) as processes:
            _start(processes)
            print(f"Postroom: {variables['BASE_URL']}   its mail: {variables['POSTMARK_API_URL']}   Ctrl-C ends both")
            _restart_on_change(processes)


def migrate(variables: Mapping[str, str]) -> None:
    """In a session of its own: the terminal's Ctrl-C is for us, and ends it without a word."""
    command = [sys.executable, "-m", "migrations"]
    subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, start_new_session=True)


def _start(processes: Processes) -> None:
    reloading = processes.environment["GUNICORN_CMD_ARGS"] + " --reload"
    processes.start("sandbox", SANDBOX)
    processes.start("web", environment={"GUNICORN_CMD_ARGS": reloading})
    processes.start("worker")
    processes.start("scheduler")


def _restart_on_change(processes: Processes) -> None:
    changes = Changes()
    while True:
        time.sleep(1)
        if changes.any():
            for process in processes.all:
                if process.name != "web" or not process.alive:  # gunicorn reloads by itself, once it has come up
                    process.stop()
                    process.start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
