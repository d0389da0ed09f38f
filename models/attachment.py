"""A file that came with a mail: kept in PostgreSQL apart from the mail, never in Redis, until it is incinerated."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from models.db import Base
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
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # None once it is incinerated
    created_at: Mapped[CreatedAt]

    @classmethod
    def keep(cls, tx: Session, inbound_email_id: int, enclosures: Iterable[Enclosure]) -> None:
        """One at a time: together they may be larger than what a statement takes."""
        for place, each in enumerate(enclosures):
            row = {"inbound_email_id": inbound_email_id, "place": place, "size": len(each.content), **each._asdict()}
            tx.execute(insert(cls).values(row))

    @classmethod
    def listed(cls, tx: Session, inbound_email_id: int) -> Any:
        """`id, place, name, content_type, size, kept` of each, without its content."""
        columns = (cls.id, cls.place, cls.name, cls.content_type, cls.size, cls.content.is_not(None).label("kept"))
        return tx.execute(select(*columns).where(cls.inbound_email_id == inbound_email_id).order_by(cls.place)).all()
