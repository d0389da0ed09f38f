"""One send through one peer: rows, jobs, its worker, the account, and nothing left behind."""

import os
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress

from sqlalchemy import text

from bench import measure
from bench.command import Report
from bench.peers.peer import Peer
from bench.stage import Stage, say, until
from bench.usage import family, spent
from local.processes import ROOT, Process
from models.db import transaction

QUIET = 45.0  # seconds without a message after which no more will come: the peers give up dead workers after 30
AFTERWARDS = 1.0  # seconds between the kill and the restart


class Course:
    def __init__(self, system: Stage) -> None:
        self.system = system
        folder = system.postgres.folder.parent
        self.letter = folder / "peers_letter.json"
        self.environment = {
            **system.variables,
            "PEERS_LETTER": str(self.letter),
            "PEERS_LOCK": str(folder / "peers_lock"),
            "PYTHONPATH": str(ROOT),
        }

    def through(self, peer: Peer, setting: str, n: int, kill: bool = False) -> Report:
        self._prepare(peer, n)
        command = [word.replace("{redis}", self.environment["REDIS_URL"]) for word in peer.command(setting)]
        process = self.system.processes.start(peer.name, command, self.environment)
        self.system.usage.forget()
        try:
            if kill:
                _kill_half_way(self.system, process, n)
            cpu = _wait(self.system, process, n)
            return _account(self.system, n, cpu) | {
                "peak_mb": self.system.usage.as_json()[peer.name]["peak_rss_mb"],
                "in_doubt": _count(peer.table),
            }
        finally:
            _end(process)
            self.system.processes.all.remove(process)

    def _prepare(self, peer: Peer, n: int) -> None:
        self.system.redis.flushall()
        self.system.provider.forget()
        with transaction() as tx:
            for statement in _ROWS:
                tx.execute(statement, {"n": n})
        words = [str(peer.binaries / "python"), *peer.enqueue.split(), str(n)]
        subprocess.run(words, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)


def _wait(system: Stage, process: Process, n: int) -> float:
    """Until all are accepted or none comes any more; the CPU seconds of all of the worker's processes."""
    cpu, seen, changed = 0.0, -1, time.monotonic()
    while True:
        accepted = system.provider.summary()["accepted"]
        if accepted != seen:
            seen, changed = accepted, time.monotonic()
        cpu = max(cpu, spent([process.pid] if process.pid else []))
        if time.monotonic() - changed > (1.0 if accepted >= n and _everybody(system, n) else QUIET):
            return cpu
        time.sleep(0.1)


def _everybody(system: Stage, n: int) -> bool:
    return len({row["To"] for row in system.provider.record()}) >= n


def _kill_half_way(system: Stage, process: Process, n: int) -> None:
    until(lambda: system.provider.summary()["accepted"] >= n / 2, "half of the messages", 300.0)
    _end(process)
    say(f"  killed at {system.provider.summary()['accepted']}")
    time.sleep(AFTERWARDS)
    process.start()


def _end(process: Process) -> None:
    """kill -9 for it and all that descend from it, as when a container dies."""
    for _ in range(2):  # who forked meanwhile is found the second time
        for pid in family([process.pid] if process.pid and process.alive else []):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait(10)


def _account(system: Stage, n: int, cpu: float) -> Report:
    record = system.provider.record()
    people = Counter(row["To"] for row in record)
    if not record:
        raise RuntimeError("nothing was sent; .local/bench*/output.log may tell why")
    moments = [row["accepted_at"] for row in record]
    seconds = moments[-1] - moments[0]
    return {
        "n": n,
        "seconds": round(seconds, 2),
        "per_second": measure.per_second(len(record) - 1, seconds),
        "cpu_us_each": round(cpu / max(1, len(record)) * 1e6),
        "lost": n - len(people),
        "duplicates": len(record) - len(people),
    }


def _count(table: str) -> int:
    with transaction() as tx:
        return int(tx.scalar(text(f"select count(*) from {table}")) or 0)  # a constant of ours


_ROWS = [
    text("""
        create table if not exists peer_recipients (
            id bigint primary key, email text not null, name text not null, state text not null,
            claimed_at timestamptz, provider_id text, sent_at timestamptz)
    """),
    text("truncate peer_recipients"),
    text("""
        insert into peer_recipients (id, email, name, state)
        select i, 'reader' || i || '@readers.example', 'Reader ' || i, 'queued' from generate_series(1, :n) i
    """),
]
