"""What processes cost: CPU seconds and peak memory, by the name of what they are, the dead included.

Memory is the proportional set size (Linux), in which pages that processes share count once: PostgreSQL's resident
sizes would count its shared buffers with every connection. Elsewhere it is the resident size.
"""

import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

INTERVAL = 0.5  # seconds between looks
TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024  # kilobytes
PROC = Path("/proc")


class Look(NamedTuple):
    """One process at one moment."""

    parent: int
    cpu: float  # seconds
    kilobytes: int
    waited: float = 0.0  # seconds of its children that have ended


class Usage:
    def __init__(self, pids: Callable[[], dict[str, list[int]]]) -> None:
        self._pids = pids
        self._over = threading.Event()
        self._cpu: dict[str, dict[int, float]] = {}
        self._spent: dict[str, float] = {}
        self._peak: dict[str, int] = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def forget(self) -> None:
        """What was used until now was preparation."""
        self.look()
        self._spent = {name: sum(each.values()) for name, each in self._cpu.items()}
        self._peak.clear()
        self.look()

    def as_json(self) -> dict[str, dict[str, float]]:
        """{name: {"cpu_seconds": …, "peak_rss_mb": …}}, summed over all processes of that name."""
        self.look()
        return {
            name: {
                "cpu_seconds": round(sum(each.values()) - self._spent.get(name, 0.0), 2),
                "peak_rss_mb": round(self._peak.get(name, 0) / MEGABYTE, 1),
            }
            for name, each in sorted(self._cpu.items())
        }

    def look(self) -> None:
        processes = _processes()
        for name, roots in self._pids().items():
            all_of_it = family(roots, processes)
            self._cpu.setdefault(name, {}).update({pid: processes[pid].cpu for pid in all_of_it})
            together = sum(_memory(pid, processes[pid]) for pid in all_of_it)
            self._peak[name] = max(self._peak.get(name, 0), together)

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            self.look()


def resident(pid: int) -> int:
    """Kilobytes of it in memory; 0 when it is gone."""
    found = _processes().get(pid)
    return found.kilobytes if found else 0


def spent(roots: list[int]) -> float:
    """CPU seconds of these processes and of all that descended from them, the ended included (on Linux)."""
    processes = _processes()
    return sum(processes[pid].cpu + processes[pid].waited for pid in family(roots, processes))


def family(roots: list[int], processes: dict[int, Look] | None = None) -> list[int]:
    """These processes and all that descend from them."""
    processes = processes or _processes()
    found = [pid for pid in roots if pid in processes]
    for pid in found:
        found += [child for child, look in processes.items() if look.parent == pid]
    return found


def _processes() -> dict[int, Look]:
    return _by_proc() if PROC.is_dir() else _by_ps()


def _by_proc() -> dict[int, Look]:
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (look := _look(folder)):
            found[int(folder.name)] = look
    return found


def _look(folder: Path) -> Look | None:
    """See proc_pid_stat(5); the name in brackets may hold anything."""
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    own, waited = (sum(map(int, fields[at : at + 2])) / TICKS for at in (11, 13))
    return Look(int(fields[1]), own, int(fields[21]) * os.sysconf("SC_PAGESIZE") // 1024, waited)


def _memory(pid: int, look: Look) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return look.kilobytes
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), look.kilobytes)


def _by_ps() -> dict[int, Look]:
    table = subprocess.run(["ps", "-axo", "pid=,ppid=,time=,rss="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in table.splitlines())
    return {int(pid): Look(int(parent), _seconds(spent), int(size)) for pid, parent, spent, size in rows}


def _seconds(spent: str) -> float:
    """`[[hours:]minutes:]seconds`"""
    total = 0.0
    for part in spent.replace("-", ":").split(":"):
        total = total * 60 + float(part)
    return total
