"""SIGTERM and SIGINT, which may come more than once."""

import signal
import threading
from collections.abc import Callable
from types import FrameType


def on_stop(stop: Callable[[], None]) -> None:
    """Calls `stop` at each such signal, in a thread: the code that was interrupted may hold the lock `stop` needs."""

    def handler(number: int, frame: FrameType | None) -> None:
        threading.Thread(target=stop, daemon=True).start()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, handler)
