"""The peers: what each needs, how it is started at its best, and what it remembers of a recipient."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.stage import say
from local.processes import ROOT

HOME = ROOT / ".local" / "peers"
WORK = ("psycopg2-binary==2.9.13", "requests==2.34.2")
OURS = "claimed, sent: our own row. What died while claimed stays so, and nobody asks what became of it"


@dataclass(frozen=True)
class Peer:
    name: str
    python: str  # the folder of its own Python in .local/peers
    packages: tuple[str, ...]
    enqueue: str  # what its Python is told; the number of messages follows
    worker: str  # a program of its own Python's, or "python …"; {} is a setting
    settings: tuple[str, ...]  # each is tried with few messages, the fastest is taken
    remembers: str = OURS
    share: int = 1  # only every share-th message, for the slow
    table: str = "peer_recipients where state = 'sending'"  # what it never settled

    def command(self, setting: str) -> list[str]:
        program, *words = self.worker.replace("{}", setting).split()
        return [str(self.binaries / program), *words]

    @property
    def binaries(self) -> Path:
        return HOME / self.python / "bin"

    def install(self) -> None:
        """A Python of its own, once, with these packages and no others of ours."""
        mark = HOME / self.python / "installed"
        wanted = "\n".join(self.packages)
        if mark.exists() and mark.read_text() == wanted:
            return
        say(f"installing {' '.join(self.packages)}")
        subprocess.run([sys.executable, "-m", "venv", HOME / self.python], check=True)
        subprocess.run([self.binaries / "pip", "install", "-q", *self.packages], check=True, stdout=sys.stderr)
        mark.write_text(wanted)


# Told that the work's module is its settings, a worker imports it once and not in every fork.
RQ = ("rq==3.0.0", *WORK)
PEERS = (
    Peer(
        "rq worker",
        "rq",
        RQ,
        "-m bench.peers.in_rq",
        "rq worker --quiet -c bench.peers.work -u {redis} peers",
        ("",),
        share=50,
    ),
    Peer(
        "rq worker-pool",
        "rq",
        RQ,
        "-m bench.peers.in_rq",
        "rq worker-pool --quiet -c bench.peers.work -u {redis} -n {} peers",
        ("4", "8", "16"),
        share=20,
    ),
    Peer(
        "celery, threads",
        "celery",
        ("celery[redis]==5.7.0", *WORK),
        "-m bench.peers.in_celery",
        "celery -q -A bench.peers.in_celery worker -P threads --without-gossip --without-mingle -l ERROR -c {}",
        ("20", "50", "100"),
    ),
    Peer(
        "dramatiq",
        "dramatiq",
        ("dramatiq[redis]==2.2.1", *WORK),
        "-m bench.peers.in_dramatiq",
        "dramatiq bench.peers.in_dramatiq --skip-logging {}",
        ("-p 1 -t 50", "-p 2 -t 25", "-p 2 -t 50"),
    ),
    Peer(
        "taskiq, threads",
        "taskiq",
        ("taskiq==0.13.0", "taskiq-redis==1.2.4", *WORK),
        "-m bench.peers.in_taskiq",
        "taskiq worker bench.peers.in_taskiq:broker --log-level ERROR {}",
        (
            "-w 1 --max-threadpool-threads 50 --max-async-tasks 100",
            "-w 2 --max-threadpool-threads 25 --max-async-tasks 50",
            "-w 2 --max-threadpool-threads 50 --max-async-tasks 100",
        ),
    ),
    Peer(
        "post_office + anymail",
        "post_office",
        ("Django==5.2.19", "django-anymail[postmark]==15.2", "django-post_office==3.12.0", *WORK[:1]),
        "-m bench.peers.in_post_office enqueue",
        "python -m bench.peers.in_post_office send {}",
        ("1 50 500", "2 25 500", "2 50 1000"),
        remembers="sent or failed, its own row, written when the whole batch is done: what died with it goes out again",
        table="post_office_email where status is null or status not in (0, 1)",
    ),
)
