"""Runs one command with servers and a complete environment, its own or those of a run that is up already.

python -m local.run dev python -m migrations
"""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from local import environment, guard, servers


def main(name: str, command: list[str]) -> int:
    """Returns the command's exit code."""
    guard.unwind_on_sigterm()
    with (
        servers.running(name) as addresses,
        _child(command, environment.prepared(name, addresses)) as child,
    ):
        return _follow(child)


@contextmanager
def _child(command: list[str], variables: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    child = subprocess.Popen(command, env=dict(variables))
    guard.watch(child.pid, signal.SIGTERM)
    try:
        yield child
    finally:
        child.terminate()
        child.wait()
        guard.forget(child.pid)


def _follow(child: "subprocess.Popen[bytes]") -> int:
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue  # the terminal has told the child too; its servers stay until it is done
        return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
