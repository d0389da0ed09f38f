"""One real server as our child: started, stopped, killed and started again on the same address."""

import contextlib
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from local import guard

HOST = "127.0.0.1"


class ServerFailed(RuntimeError):
    """A server could not be started; the message says why, with the end of its log."""


class Server(ABC):
    """Subclasses say how their server is run (`command`) and when it answers (`answers`)."""

    name = "server"
    ending = signal.SIGTERM  # asks for an orderly end
    crash = signal.SIGKILL  # asks for an end at once, as in a crash
    patience = 30.0  # seconds to start, or to stop in order

    def __init__(self, folder: Path, password: str, durable: bool, port: int) -> None:
        self.folder, self.password, self.durable = folder, password, durable
        self.port = port if port and is_free(port) else free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def start(self) -> None:
        """Starts it on its own port and returns when it answers. Raises ServerFailed after 30 s, or when it cannot."""
        self.prepare()
        deadline = time.monotonic() + self.patience
        while not self._started(deadline):
            if time.monotonic() > deadline or not self.worth_another_try():
                raise ServerFailed(f"{self.name} did not start on port {self.port}:\n{self.last_words()}")
            time.sleep(0.1)

    def stop(self, immediate: bool = False) -> None:
        """Ends it in order, or at once as if it had crashed (`immediate`). Its data stays."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.crash if immediate else self.ending)
        self._gone()

    def kill(self) -> None:
        """kill -9: what a power cut does, as far as the server can tell."""
        if self.process and self.process.poll() is None:
            self.process.kill()
        self._gone()

    def prepare(self) -> None:
        """Makes the data folder; safe to repeat."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @abstractmethod
    def command(self) -> list[str]: ...

    def identity(self) -> dict[str, Any]:
        """As which user: keywords for Popen."""
        return {}

    @abstractmethod
    def answers(self) -> bool: ...

    def worth_another_try(self) -> bool:
        """After it ended while starting: is the reason one that passes?"""
        return False

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def _started(self, deadline: float) -> bool:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # the terminal's Ctrl-C is for us: we stop our servers in order
                **self.identity(),
            )
        guard.watch(self.process.pid, self.ending)
        while self.process.poll() is None and time.monotonic() < deadline:
            if self.answers():
                return True
            time.sleep(0.005)
        self.kill()
        return False

    def _gone(self) -> None:
        if not self.process:
            return
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        guard.forget(self.process.pid)
        self.process = None


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_server((HOST, port)):
        return True
    return False
