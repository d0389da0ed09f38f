"""What a webhook is sent: small in memory, large through a file, and one large one at a time.

A mail with all that may be attached takes a third of a small machine's memory while it is taken apart.
"""

import mmap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

SMALL = 2_000_000  # bytes
PIECE = 1_000_000

_one_at_a_time = threading.Lock()


@contextmanager
def within(largest: int) -> Iterator[bytes | memoryview]:
    """The body of the request. Raises 413 for more, whether or not the sender says beforehand how much it is."""
    request.max_content_length = largest
    if largest <= SMALL or (request.content_length is not None and request.content_length <= SMALL):
        yield _read(largest)
    else:
        with _filed(largest) as body:
            yield body


def forget(body: bytes | memoryview) -> None:
    """Gives back the memory of a large body that has been read; it is still in its file."""
    if isinstance(body, memoryview) and isinstance(body.obj, mmap.mmap):
        body.obj.madvise(mmap.MADV_DONTNEED)


def _read(largest: int) -> bytes:
    body = request.get_data(cache=False)
    request.stream.read(1)  # what comes in chunks is read up to the limit, and only the next byte is one too many
    return body


@contextmanager
def _filed(largest: int) -> Iterator[bytes | memoryview]:
    with TemporaryFile() as file:
        size = 0
        while piece := request.stream.read(PIECE):
            size += file.write(piece)
            if size > largest:
                raise RequestEntityTooLarge
        file.flush()
        if not size:
            yield b""
            return
        with _one_at_a_time, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped, memoryview(mapped) as body:
            yield body
