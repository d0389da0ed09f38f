"""The most memory that the web server and the workers had at once, by the kernel's own count (Linux)."""

from contextlib import suppress

from bench.stage import Stage
from bench.usage import PROC, family

NAMES = ("web", "worker")


def forget(system: Stage) -> None:
    """From now on; see proc(5), clear_refs."""
    for name in NAMES:
        for pid in _pids(system, name):
            with suppress(OSError):
                (PROC / str(pid) / "clear_refs").write_text("5")


def megabytes(system: Stage) -> dict[str, float]:
    """`{"web_mb": …, "worker_mb": …}`: of the largest process of each, resident, shared pages included."""
    return {f"{name}_mb": round(max(map(_peak, _pids(system, name)), default=0) / 1024, 1) for name in NAMES}


def _pids(system: Stage, name: str) -> list[int]:
    return family([process.pid for process in system.named(name) if process.pid])


def _peak(pid: int) -> int:
    with suppress(OSError):
        for line in (PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
