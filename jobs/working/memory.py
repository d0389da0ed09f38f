"""How a worker's many threads share memory, with glibc; elsewhere nothing is changed."""

import ctypes
import sys

# Parameters of glibc's mallopt(3).
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8


def stay_small() -> None:
    """Gives large blocks back to the system as soon as they are free.

    By itself glibc keeps a heap for every few threads and learns to keep large blocks too: calls of ten megabytes, one
    after the other on fifty threads, then grow a worker to several times what it uses at any moment.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(ARENA_MAX, 2)
        mallopt(MMAP_THRESHOLD, 256 * 1024)
        mallopt(TRIM_THRESHOLD, 256 * 1024)
