"""Every process there is, in the order in which a row goes through them."""

from jobs.processes.process import Process
from jobs.processes.verify import Verify

PROCESSES: dict[str, Process] = {process.word: process for process in (Verify(),)}
