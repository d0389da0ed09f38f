"""How a worker's many threads share memory."""

import ctypes
import gc
import sys

# Parameters of glibc's mallopt(3).
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8


def stay_small() -> None:
    """Gives large blocks back to the system as soon as they are free.

    By itself glibc keeps a heap for every few threads and learns to keep large blocks too: calls of ten megabytes, one
    after the other on fifty threads, then grow a worker to several times what it uses at any moment. Other C libraries
    are left as they are.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(ARENA_MAX, 2)
        mallopt(MMAP_THRESHOLD, 256 * 1024)
        mallopt(TRIM_THRESHOLD, 256 * 1024)


def collect_seldom() -> None:
    """Looks for cycles of garbage after 20,000 new objects, not 700, and not among what was imported.

    Mails leave no cycles behind, and looking for them took a fifth of a worker's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
