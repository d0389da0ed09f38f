"""A zip archive that is written a page at a time, and goes on from what is known of it: whoever writes may be killed.

Deflated data may be cut at full flushes (RFC 1951, 3.2.4); sizes follow the data (APPNOTE.TXT 4.3.9).
"""

import struct
import zlib
from typing import Any

LEVEL = 6
_FLAGS = 0x0808  # sizes follow, names are UTF-8
_DEFLATED = 8
_DAY = (2026 - 1980) << 9 | 1 << 5 | 1  # each archive of the same rows is the same
_NO_MORE = b"\x03\x00"  # an empty last block


class Zipped:
    """`known` is JSON; what the methods return is to be written in the order in which it comes."""

    def __init__(self, known: dict[str, Any]):
        self.size: int = known.get("size", 0)
        self.parts: list[list[Any]] = known.get("parts", [])  # [name, where, crc, packed, unpacked]

    @property
    def known(self) -> dict[str, Any]:
        return {"size": self.size, "parts": self.parts}

    @property
    def unpacked(self) -> int:
        """Bytes of the part that is open."""
        return int(self.parts[-1][4])

    def begin(self, name: str) -> bytes:
        self.parts.append([name, self.size, 0, 0, 0])
        raw = name.encode()
        return self._told(
            struct.pack("<4s5H3I2H", b"PK\3\4", 20, _FLAGS, _DEFLATED, 0, _DAY, 0, 0, 0, len(raw), 0) + raw
        )

    def add(self, content: bytes) -> bytes:
        squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        packed = squeezer.compress(content) + squeezer.flush(zlib.Z_FULL_FLUSH)
        part = self.parts[-1]
        part[2], part[3], part[4] = zlib.crc32(content, part[2]), part[3] + len(packed), part[4] + len(content)
        return self._told(packed)

    def end(self) -> bytes:
        part = self.parts[-1]
        part[3] += len(_NO_MORE)
        return self._told(_NO_MORE + struct.pack("<4s3I", b"PK\7\x08", *part[2:]))

    def whole(self, name: str, content: bytes) -> bytes:
        return self.begin(name) + self.add(content) + self.end()

    def close(self) -> bytes:
        directory = b"".join(map(_entry, self.parts))
        count, start = len(self.parts), self.size
        return self._told(directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0))

    def _told(self, content: bytes) -> bytes:
        self.size += len(content)
        return content


def _entry(part: list[Any]) -> bytes:
    raw = part[0].encode()
    place = (len(raw), 0, 0, 0, 0, 0, part[1])
    return struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, _FLAGS, _DEFLATED, 0, _DAY, *part[2:], *place) + raw
