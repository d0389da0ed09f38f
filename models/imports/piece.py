"""An uploaded file by the piece: whoever reads it has another disk than whoever took it."""

from collections.abc import Iterator

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

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
    while True:
        with transaction() as tx:
            content = tx.scalar(select(Piece.content).filter_by(import_id=import_id, place=place))
        if content is None:
            return
        yield bytes(content)
        place += 1
