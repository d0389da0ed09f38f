"""Ends our children when we die, however we die, so that not even `kill -9` leaves a process behind.

Run as a script it is a small process of its own which holds one end of a pipe. The kernel closes the other end when the
parent is gone, on Linux and macOS alike, and whatever thread started the child.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable

GRACE = 8.0  # seconds between asking a child to end and killing it

_guard: subprocess.Popen[str] | None = None


def watch(pid: int, ending: signal.Signals) -> None:
    """From now on the process `pid` gets the signal `ending`, and SIGKILL 8 s later, when this process is gone."""
    _tell(f"watch {pid} {int(ending)}")


def forget(pid: int) -> None:
    """The process `pid` has ended: its number may belong to a stranger soon."""
    _tell(f"forget {pid} 0")


def unwind_on_sigterm() -> None:
    """SIGTERM and a closed terminal then end this process like `sys.exit`: `with` blocks stop what they run."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _tell(order: str) -> None:
    global _guard
    if _guard is None or _guard.poll() is not None:
        _guard = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__], stdin=subprocess.PIPE, text=True, start_new_session=True
        )
    assert _guard.stdin
    print(order, file=_guard.stdin, flush=True)


def keep(orders: Iterable[str]) -> dict[int, int]:
    """Reads orders to the end, which is the parent's end too; returns {pid: signal} of those still to be ended."""
    watched: dict[int, int] = {}
    for order in orders:
        verb, pid, ending = order.split()
        if verb == "watch":
            watched[int(pid)] = int(ending)
        else:
            watched.pop(int(pid), None)
    return watched


def end(watched: dict[int, int]) -> None:
    for pid, ending in watched.items():
        _signal(pid, ending)
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline and any(_signal(pid, 0) for pid in watched):
        time.sleep(0.02)
    for pid in watched:
        _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    end(keep(sys.stdin))
