"""Postroom's own processes as our children, their output in one stream, each line under its process's name.

with Processes(environment) as processes:
    worker = processes.start("worker")                       # as the Procfile says
    sandbox = processes.start("sandbox", [sys.executable, "-m", "sandbox"])
    worker.kill(); worker.start()
"""

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from local import guard

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # seconds between SIGTERM and SIGKILL, as on Heroku


class Process:
    """A command that can be stopped, killed and started again."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str], output: IO[str]) -> None:
        self.name, self.command, self.environment, self.output = name, command, dict(environment), output
        self.child: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int | None:
        return self.child.pid if self.child else None

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # the terminal's Ctrl-C is for us: we stop our children in order
        )
        guard.watch(self.child.pid, signal.SIGTERM)
        threading.Thread(target=self._print, args=[self.child.stdout], daemon=True).start()

    def stop(self, patience: float = PATIENCE) -> int | None:
        """SIGTERM, and SIGKILL after `patience` seconds. Returns the exit code, None if it never ran."""
        self.ask_to_stop()
        return self.expect_end(patience)

    def ask_to_stop(self) -> None:
        """SIGTERM: once, for a second one means "now" to many a process."""
        if self.alive:
            self.send(signal.SIGTERM)

    def expect_end(self, patience: float) -> int | None:
        try:
            return self.wait(patience)
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not stop within {patience:g} s: killed", file=sys.stderr)
            return self.kill()

    def kill(self) -> int | None:
        """kill -9 for it and for the children that share its session."""
        if self.alive:
            self.send(signal.SIGKILL)
        return self.wait()

    def send(self, number: signal.Signals) -> None:
        assert self.child
        if number == signal.SIGKILL:
            os.killpg(self.child.pid, number)
        else:
            self.child.send_signal(number)

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit code; raises subprocess.TimeoutExpired."""
        if not self.child:
            return None
        code = self.child.wait(timeout)
        guard.forget(self.child.pid)
        return code

    def _print(self, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                print(f"{self.name:9} | {line}", end="", file=self.output, flush=True)


class Processes:
    """Stops all of its processes together when the block ends, the last started first asked."""

    def __init__(self, environment: Mapping[str, str], output: IO[str] = sys.stdout) -> None:
        self.environment, self.output = environment, output
        self.all: list[Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(
        self, name: str, command: list[str] | None = None, environment: Mapping[str, str] | None = None
    ) -> Process:
        """Starts `command`, or what the Procfile says of `name`; `environment` is added to everybody's."""
        own = {**self.environment, **(environment or {})}
        process = Process(name, command or procfile(name), own, self.output)
        self.all.append(process)
        process.start()
        return process

    def stop(self) -> None:
        for process in reversed(self.all):
            process.ask_to_stop()
        for process in reversed(self.all):
            process.expect_end(PATIENCE)


def procfile(name: str) -> list[str]:
    """The command of the process type `name`; the words of "web: gunicorn web.wsgi:app …"."""
    for line in (ROOT / "Procfile").read_text().splitlines():
        kind, _, command = line.partition(":")
        if kind == name:
            return shlex.split(command)
    raise KeyError(f"The Procfile knows no {name}")
