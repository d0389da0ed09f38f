"""The bodies of calls: messages as JSON, one behind the other in a block of memory that is used again and again.

A call is megabytes, and memory that is new to the process costs a page fault every 4 KB: more than all the writing.
"""

from collections.abc import Iterable, Iterator

MOST = 500  # messages: postmarkapp.com/developer/user-guide/send-email-with-api/batch-emails
SIZE = 2_500_000  # bytes of JSON: several calls are in memory at once. Postmark's own limit is 50 MB
KEPT = 6  # blocks that wait for their next use: as many newsletter calls as a worker makes at once

_free: list["Block"] = []


class Block:
    """A JSON array that grows in place."""

    def __init__(self) -> None:
        self._memory = bytearray(SIZE + 1)
        self.clear()

    def clear(self) -> None:
        self._end = self.count = 0

    def has_room(self, message: bytes) -> bool:
        """Whether it fits; the first always does, however large."""
        return not self.count or (self.count < MOST and self._end + len(message) < SIZE)

    def add(self, message: bytes) -> None:
        self._put(b"," if self.count else b"[")
        self._put(message)
        self.count += 1

    def body(self) -> memoryview:
        """The array so far, closed. Good until the next change."""
        self._put(b"]")
        return memoryview(self._memory)[: self._end]

    @property
    def is_usual(self) -> bool:
        return len(self._memory) == SIZE + 1

    def _put(self, piece: bytes) -> None:
        end = self._end + len(piece)
        if end >= len(self._memory):  # another one: a call that failed may still hold this
            self._memory = self._memory[: self._end] + bytearray(len(piece) + 2)
        self._memory[self._end : end] = piece
        self._end = end


def filled(messages: Iterable[bytes]) -> Iterator[Block]:
    """Blocks with all the messages, in order. One is the reader's until the next is asked for."""
    block = _free.pop() if _free else Block()
    try:
        for message in messages:
            if not block.has_room(message):
                yield block
                block.clear()
            block.add(message)
        if block.count:
            yield block
    finally:
        block.clear()
        if block.is_usual and len(_free) < KEPT:
            _free.append(block)
