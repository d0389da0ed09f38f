"""A picture for letters, kept in PostgreSQL by the piece. Whoever has its address sees it, and nobody guesses one.

It is known by its content: the same picture once more is the one that is there. One that has been sent to somebody is
shown for ever, also after it has left the library.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import count

from sqlalchemy import DateTime, LargeBinary, UniqueConstraint, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import clock
from models.db import Base, transaction
from models.types import CreatedAt, Id, Words, WorkspaceId, references

MOST = 1_000_000_000  # bytes of all pictures of a workspace
PIECE = 1_000_000  # bytes
RANDOM = 16  # bytes of a key, which are 22 characters


class Full(Exception):
    """There is no room for another."""


class Image(Base):
    __tablename__ = "images"
    __table_args__ = (UniqueConstraint("key"), UniqueConstraint("workspace_id", "digest"))

    id: Mapped[Id]
    workspace_id: Mapped[WorkspaceId]
    user_id: Mapped[int | None] = references("users.id", ondelete="SET NULL", index=True)
    key: Mapped[Words]
    digest: Mapped[Words]  # SHA-256 of its content, hexadecimal
    name: Mapped[Words]  # of the file it was
    alt: Mapped[Words] = mapped_column(default="")  # what it shows, in words
    kind: Mapped[Words]  # its media type
    ending: Mapped[Words]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]  # bytes
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # a WebP; empty where none can be made

    @classmethod
    def keep(cls, tx: Session, workspace_id: int, content: bytes, *, alt: str = "", **about: object) -> "Image":
        """A fresh one, or the one that is there. `about` has its other columns. Raises `Full`."""
        key = {"workspace_id": workspace_id, "digest": sha256(content).hexdigest()}
        if before := tx.scalar(select(cls).filter_by(**key)):
            return before._again(alt)
        if cls.total(tx, workspace_id) + len(content) > MOST:
            raise Full
        fresh = {"alt": alt, "key": secrets.token_urlsafe(RANDOM), "size": len(content), "created_at": clock.now()}
        made = insert_unless(cls).values(**about, **key, **fresh).on_conflict_do_nothing().returning(cls.id)
        if number := tx.scalar(made):
            ImagePiece.keep(tx, number, content)
        return tx.scalars(select(cls).filter_by(**key)).one()

    @classmethod
    def total(cls, tx: Session, workspace_id: int) -> int:
        """Bytes of all of them, those included that have only left the library."""
        return tx.scalar(select(func.coalesce(func.sum(cls.size), 0)).filter_by(workspace_id=workspace_id)) or 0

    @classmethod
    def named(cls, tx: Session, file: str) -> "Image | None":
        """The one whose address ends so."""
        found = tx.scalar(select(cls).filter_by(key=file[:22]))
        return found if found and found.file == file else None

    @property
    def file(self) -> str:
        """The end of its address. It tells how large it is, so that a letter can say so without asking."""
        return f"{self.key}-{self.width}x{self.height}.{self.ending}"

    @classmethod
    def without_thumbnail(cls, tx: Session, most: int) -> Sequence["Image"]:
        """Some that were taken in before there were any."""
        return tx.scalars(select(cls).filter_by(thumbnail=None).order_by(cls.id).limit(most)).all()

    def show_small(self, tx: Session, thumbnail: bytes) -> None:
        tx.execute(update(Image).where(Image.id == self.id).values(thumbnail=thumbnail))

    def stream(self) -> Iterator[bytes]:
        """Its content by the piece, each read in a transaction of its own: who takes them may be slow."""
        for place in range(-(-self.size // PIECE)):
            with transaction() as tx:
                content = tx.scalar(select(ImagePiece.content).filter_by(image_id=self.id, place=place))
            if content is None:
                return
            yield bytes(content)

    def withdraw(self, tx: Session) -> None:
        """Out of the library; whoever has its address still sees it."""
        tx.execute(update(Image).where(Image.id == self.id).values(removed_at=clock.now()))

    def _again(self, alt: str) -> "Image":
        self.removed_at, self.alt = None, alt or self.alt
        return self


class ImagePiece(Base):
    __tablename__ = "image_pieces"

    image_id: Mapped[int] = references("images.id", primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def keep(cls, tx: Session, image_id: int, content: bytes) -> None:
        for place, start in zip(count(), range(0, len(content), PIECE), strict=False):
            piece = content[start : start + PIECE]
            tx.execute(insert(cls).values(image_id=image_id, place=place, content=piece))
