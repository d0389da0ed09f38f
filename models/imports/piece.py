"""An uploaded file by the piece: whoever reads it has another disk than whoever took it."""

import io
from collections.abc import Callable, Iterator
from functools import lru_cache

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base, transaction
from models.types import references

PIECE = 1_000_000  # bytes


class Piece(Base):
    """A part of an uploaded file."""

    __tablename__ = "import_pieces"

    import_id: Mapped[int] = references("imports.id", primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def pieces(import_id: int) -> Iterator[bytes]:
    """The file, a piece at a time, each read in a transaction of its own."""
    place = 0
    while content := piece(import_id, place):
        yield content
        place += 1


def piece(import_id: int, place: int, tx: Session | None = None) -> bytes:
    """In a transaction of its own, unless one is given; nothing behind the last."""
    if tx is None:
        with transaction() as own:
            return piece(import_id, place, own)
    return bytes(tx.scalar(select(Piece.content).filter_by(import_id=import_id, place=place)) or b"")


class Joined(io.RawIOBase):
    """A stored file that is read anywhere: the directory of a workbook is at its end. In memory are three pieces."""

    def __init__(self, size: int, read: Callable[[int], bytes]):
        self.size, self.place = size, 0
        self.read_piece = lru_cache(maxsize=3)(read)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = max(0, offset + (0, self.place, self.size)[whence])
        return self.place

    def tell(self) -> int:
        return self.place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        number, start = divmod(self.place, PIECE)
        content = self.read_piece(number)[start : start + len(buffer)] if self.place < self.size else b""
        buffer[: len(content)] = content
        self.place += len(content)
        return len(content)
