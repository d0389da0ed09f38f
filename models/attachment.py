"""A file that came with a mail: kept in PostgreSQL apart from the mail, never in Redis, until it is incinerated.

Its bytes are `mail_pieces`. The column `content` has those of files that came before there were pieces.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, UniqueConstraint, exists, insert, select
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from models import mail_piece
from models.db import Base
from models.mail_piece import MailPiece
from models.types import CreatedAt, Id, Words, references


class Enclosure(NamedTuple):
    """A file as it came. `content_id` is empty unless the mail's own HTML shows it."""

    name: str
    content_type: str
    content_id: str
    content: bytes


class Attachment(Base):
    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("inbound_email_id", "place"),)

    id: Mapped[Id]
    inbound_email_id: Mapped[int] = references("inbound_emails.id")
    place: Mapped[int]
    name: Mapped[Words]
    content_type: Mapped[Words]
    content_id: Mapped[Words]
    size: Mapped[int]  # bytes
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    created_at: Mapped[CreatedAt]

    @classmethod
    def keep(cls, tx: Session, inbound_email_id: int, enclosures: Iterable[Enclosure]) -> None:
        for place, each in enumerate(enclosures):
            said = {"name": each.name, "content_type": each.content_type, "content_id": each.content_id}
            row = {"inbound_email_id": inbound_email_id, "place": place, "size": len(each.content), **said}
            tx.execute(insert(cls).values(row))
            mail_piece.keep(tx, inbound_email_id, place, each.content)

    def stream(self) -> Iterator[bytes]:
        """Its content by the megabyte; nothing of what is incinerated. Each is read in a transaction of its own."""
        return mail_piece.stream(self.inbound_email_id, self.place)

    @classmethod
    def listed(cls, tx: Session, inbound_email_id: int) -> Any:
        """`id, place, name, content_type, size, kept` of each, without its content."""
        mine = (MailPiece.inbound_email_id == cls.inbound_email_id) & (MailPiece.file == cls.place)
        kept = (exists().where(mine) | cls.content.is_not(None)).label("kept")
        columns = (cls.id, cls.place, cls.name, cls.content_type, cls.size, kept)
        return tx.execute(select(*columns).where(cls.inbound_email_id == inbound_email_id).order_by(cls.place)).all()
