"""Large bytes of a mail by the megabyte: the mail as it went over the wire, and each file that came with it.

A whole one as one value would stand in memory several times over, quoted and not. What was stored before there were
pieces is one value, in `raw_mails` and `attachments`; it is read by the megabyte like the rest.
"""

from collections.abc import Iterator

from sqlalchemy import LargeBinary, insert, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.db import Base, transaction
from models.types import references

WIRE = -1  # the mail itself; a file has the place of its attachment
PIECE = 1_000_000  # bytes


class MailPiece(Base):
    __tablename__ = "mail_pieces"

    inbound_email_id: Mapped[int] = references("inbound_emails.id", primary_key=True)
    file: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def keep(tx: Session, email_id: int, file: int, content: bytes) -> None:
    """At least one piece, so that what is empty is known to be there."""
    view = memoryview(content)
    for place, start in enumerate(range(0, max(len(view), 1), PIECE)):
        row = {
            "inbound_email_id": email_id,
            "file": file,
            "place": place,
            "content": bytes(view[start : start + PIECE]),
        }
        tx.execute(insert(MailPiece).values(row))


def read(tx: Session, email_id: int, file: int) -> Iterator[bytes]:
    """The pieces in their order; none of what has been incinerated or never came."""
    place = 0
    while (piece := at(tx, email_id, file, place)) is not None:
        yield piece
        place += 1


def stream(email_id: int, file: int) -> Iterator[bytes]:
    """The same, each in a transaction of its own: who takes them may be slow."""
    place = 0
    while True:
        with transaction() as tx:
            piece = at(tx, email_id, file, place)
        if piece is None:
            return
        yield piece
        place += 1


def at(tx: Session, email_id: int, file: int, place: int) -> bytes | None:
    """One piece, None behind the last."""
    asked = {"id": email_id, "file": file, "place": place, "from": place * PIECE + 1, "size": PIECE}
    found = tx.scalar(_AT, asked)
    return None if found is None else bytes(found)


_AT = text("""
    select coalesce(
        (select content from mail_pieces where inbound_email_id = :id and file = :file and place = :place),
        (select nullif(substring(mime from :from for :size), '') from raw_mails
         where inbound_email_id = :id and :file = -1),
        (select nullif(substring(content from :from for :size), '') from attachments
         where inbound_email_id = :id and place = :file)
    )
""")
