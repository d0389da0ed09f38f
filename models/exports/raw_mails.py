"""Mails from somebody as they came, as files of an archive, by the piece.

A mail is `mails/7.eml`; where its raw bytes were not sent along, `mails/7.json` is what Postmark made of it, and its
files stand in `mails/7/`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import mail_piece
from models.attachment import Attachment
from models.inbound_email import InboundEmail
from models.mail_piece import WIRE

PAYLOAD = -2  # comes before the wire and the files, which have the places of their attachments
LONGEST = 100  # characters of a file's name

Piece = tuple[list[int], str, bytes]


def pieces(tx: Session, who: Mapping[str, Any], mail: int, file: int, place: int) -> Iterator[Piece]:
    """`(key, name, content)` behind that key; at least one where there is any."""
    for row in tx.execute(_MAILS, {**who, "mail": mail}):
        for each, name in _files(tx, row.id, row.has_wire):
            if (row.id, each) >= (mail, file):
                yield from _read(tx, row.id, each, name, place + 1 if (row.id, each) == (mail, file) else 0)


def _files(tx: Session, number: int, has_wire: bool) -> list[tuple[int, str]]:
    if has_wire:
        return [(WIRE, f"mails/{number}.eml")]
    files = tx.execute(select(Attachment.place, Attachment.name).filter_by(inbound_email_id=number))
    named = sorted((place, f"mails/{number}/{place + 1}-{_plain(name)}") for place, name in files)
    return [(PAYLOAD, f"mails/{number}.json"), *named]


def _read(tx: Session, number: int, file: int, name: str, place: int) -> Iterator[Piece]:
    while (content := _at(tx, number, file, place)) is not None:
        yield [number, file, place], name, content
        place += 1


def _at(tx: Session, number: int, file: int, place: int) -> bytes | None:
    if file != PAYLOAD:
        return mail_piece.at(tx, number, file, place)
    return tx.scalar(select(InboundEmail.payload).filter_by(id=number)) if place == 0 else None


def _plain(name: str) -> str:
    plain = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in name[-LONGEST:])
    return plain.strip(". ") or "file"


_MAILS = text("""
    select e.id,
           exists (select 1 from mail_pieces where inbound_email_id = e.id and file = -1)
           or exists (select 1 from raw_mails where inbound_email_id = e.id) as has_wire
    from inbound_emails e
    where e.workspace_id = any(:places) and e.sender = any(:addresses) and e.incinerated_at is null and e.id >= :mail
    order by e.id limit 200
""")
