"""A mail for its words: large parts are cut, since what is attached is no text and nobody writes that much."""

from collections.abc import Iterable, Iterator

MOST_OF_A_PART = 2_000_000  # bytes
MOST_IN_ALL = 8_000_000
MOST_OF_A_WRAPPING = 28_000_000  # S/MIME is read whole or not at all: 20 MB, in base64
LONGEST_LINE = 64_000
HEAD = 100_000


def skimmed(pieces: Iterable[bytes]) -> bytes:
    """The mail with what is beyond these sizes left out, line by line: every header and border of parts stays."""
    kept, part, most, in_all = bytearray(), 0, MOST_OF_A_PART, MOST_IN_ALL
    for line in _lines(pieces):
        part = 0 if line.startswith(b"--") else part + len(line)
        if part <= most and len(kept) + len(line) <= in_all:
            kept += line
        if most == MOST_OF_A_PART and len(kept) < HEAD and b"p7m" in line.lower():
            most = in_all = MOST_OF_A_WRAPPING
    return bytes(kept)


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """With their ends. One that never ends comes in parts."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).splitlines(keepends=True) or [b""]
        yield from lines
        if len(rest) > LONGEST_LINE:
            yield rest
            rest = b""
    yield rest
