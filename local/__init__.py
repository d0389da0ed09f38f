"""What a laptop needs to run Postroom: real servers from wheels, an environment, and processes to supervise."""

import sys
from types import TracebackType


def _report(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Ctrl-C is no error, not even while modules are being loaded. Python still ends as SIGINT ends a process."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)


sys.excepthook = _report
